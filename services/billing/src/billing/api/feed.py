"""The dealers' feed: the first of the three ways in which a dealer's system hears of billing (B15)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis.web import Blueprint, current_actor, runtime
from chassis.web.lists import read_cursor, write_cursor

from billing.api.asking import own_dealer
from billing.queries.feed import dealer_events
from billing.schemas.feed import FeedArgs, FeedOut

blp = Blueprint("events", "billing", description="Dealers' feed")


@blp.route("/events", methods=["GET"])
@blp.arguments(FeedArgs, location="query")
@blp.response(200, FeedOut)
def read_events(args: dict[str, Any]) -> dict[str, Any]:
    """B15: the dealer's own events behind the cursor, in order, none left out. Cursors are opaque and signed."""
    dealer_id = own_dealer(current_actor())
    place = _place(dealer_id)
    after = int(read_cursor(args["after"], place)[0]) if args["after"] else 0
    found = dealer_events(runtime().session, dealer_id=dealer_id, after=after, limit=args["limit"])
    position = found[-1].position if found else after
    return {"items": [event.envelope for event in found], "next": write_cursor(place, [position])}


def _place(dealer_id: UUID) -> list[str]:
    # The dealer is part of the cursor: another dealer's is refused, not read as a position of one's own.
    return ["dealer-feed", str(dealer_id)]
