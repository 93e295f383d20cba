"""Tickets, signed by this service (K15)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from chassis.web import runtime

from classroom.joining.rules.tickets import LIFETIME


def signed(
    claims: dict[str, Any], *, typ: str, now: datetime, ends_at: datetime | None = None
) -> dict[str, Any]:
    """The paper and when it ends, in an hour unless told otherwise, as TicketSchema gives it out."""
    ends_at = ends_at or now + timedelta(seconds=LIFETIME)
    signer = runtime().signer
    assert signer is not None
    return {
        "ticket": signer.sign(claims, typ=typ, lifetime=int((ends_at - now).total_seconds()), now=now),
        "expires_at": ends_at,
    }
