"""Price agreements (B1)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis import clock
from chassis.errors import NotFound
from chassis.web import Blueprint, current_actor, page_of, paginate, refuses, runtime

from billing.actions.write_agreement import Author, Prices, write_agreement
from billing.api.asking import this_request, viewer_of
from billing.queries import agreements as queries
from billing.schemas.agreements import AgreementArgs, AgreementOut, NewAgreement

blp = Blueprint("price_agreements", "billing", description="What providers pay")


@blp.route("/price-agreements", methods=["GET"])
@blp.arguments(AgreementArgs, location="query")
@blp.response(200, page_of(AgreementOut))
def list_price_agreements(args: dict[str, Any]) -> dict[str, Any]:
    """B1: the viewer's agreements, the newest first."""
    session = runtime().session
    wanted = queries.agreements(viewer=viewer_of(current_actor()), provider_id=args["provider_id"])
    page = paginate(session, wanted, args)
    return {**page, "items": queries.described(session, page["items"], day=clock.shanghai_day(clock.now()))}


@blp.route("/price-agreements", methods=["POST"])
@refuses(NotFound)
@blp.arguments(NewAgreement)
@blp.response(201, AgreementOut)
def write_price_agreement(body: dict[str, Any]) -> dict[str, Any]:
    """B1: a new agreement with a provider of the account manager's dealer; it supersedes, nothing is changed."""
    actor, now, session = current_actor(), clock.now(), runtime().session
    agreement = write_agreement(
        session,
        author=Author(account_id=actor.account_id, name=actor.name, dealer_id=actor.dealer_id),
        provider_id=body["provider_id"],
        prices=Prices(
            per_head_fee_fen=body["per_head_fee"],
            live_minute_fen=body["live_minute_price"],
            self_built_courses_fen=body["self_built_courses_price"],
            self_built_portal_fen=body["self_built_portal_price"],
            popup_paper_fen=body["popup_paper_price"],
        ),
        term_days=body["term_days"],
        valid_from=body["valid_from"],
        source=this_request(),
        now=now,
    )
    return queries.described(session, [agreement], day=clock.shanghai_day(now))[0]


@blp.route("/price-agreements/<uuid:agreement_id>", methods=["GET"])
@blp.response(200, AgreementOut)
def get_price_agreement(agreement_id: UUID) -> dict[str, Any]:
    """B1: one agreement."""
    session = runtime().session
    found = queries.agreement(session, viewer=viewer_of(current_actor()), agreement_id=agreement_id)
    return queries.described(session, [found], day=clock.shanghai_day(clock.now()))[0]
