"""Settlements by bank, and the dealer's decision (B7, B10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis import clock
from chassis.errors import NotFound
from chassis.web import Blueprint, current_actor, page_of, paginate, refuses, runtime

from billing.actions.decide_settlement import confirm_settlement as confirm
from billing.actions.decide_settlement import reject_settlement as reject
from billing.actions.submit_settlement import Payment
from billing.actions.submit_settlement import submit_settlement as submit
from billing.api.asking import own_dealer, own_provider, person_of, this_request, viewer_of
from billing.api.vouchers import with_link
from billing.models.settlements import Settlement
from billing.queries import settlements as queries
from billing.queries.receiving import receiving_account
from billing.schemas.settlements import (
    NewSettlement,
    OrdersToPay,
    ReceivingOut,
    Rejection,
    SettlementArgs,
    SettlementBrief,
    SettlementOut,
)

blp = Blueprint("settlements", "billing", description="Settlements")


@blp.route("/settlements/receiving-account", methods=["POST"])
@refuses(NotFound)
@blp.arguments(OrdersToPay)
@blp.response(200, ReceivingOut)
def show_receiving_account(body: dict[str, Any]) -> dict[str, Any]:
    """B7: where to pay these orders of one dealer, from whose account, and how much exactly.

    Changes nothing; it is a POST because a line is too short for a hundred orders."""
    provider_id = own_provider(current_actor())
    return receiving_account(runtime().session, provider_id=provider_id, order_ids=body["order_ids"])


@blp.route("/settlements", methods=["GET"])
@blp.arguments(SettlementArgs, location="query")
@blp.response(200, page_of(SettlementBrief))
def list_settlements(args: dict[str, Any]) -> dict[str, Any]:
    """The viewer's settlements, the newest first unless `order=oldest`."""
    wanted = queries.SettlementFilter(
        state=args["state"],
        provider_id=args["provider_id"],
        text=args["text"],
        oldest_first=args["order"] == "oldest",
    )
    found = queries.settlements(viewer=viewer_of(current_actor()), wanted=wanted)
    page = paginate(runtime().session, found, args)
    return {**page, "items": [{"settlement": one, "provider_name": name} for one, name in page["items"]]}


@blp.route("/settlements", methods=["POST"])
@refuses(NotFound)
@blp.arguments(NewSettlement)
@blp.response(201, SettlementOut)
def submit_settlement(body: dict[str, Any]) -> dict[str, Any]:
    """B7: unsettled orders of one dealer, paid by one transfer; 409 when one of them is under way or settled."""
    actor, now = current_actor(), clock.now()
    settlement = submit(
        runtime().session,
        provider_id=own_provider(actor),
        order_ids=body["order_ids"],
        payment=Payment(
            payer_account_name=body["payer_account_name"],
            payer_account_number=body["payer_account_number"],
            payer_bank=body["payer_bank"],
            amount_fen=body["amount"],
            voucher_id=body["voucher_id"],
            note=body["note"],
        ),
        submitted_by=person_of(actor),
        source=this_request(),
        now=now,
    )
    return _shown(settlement.id, now=now)


@blp.route("/settlements/<uuid:settlement_id>", methods=["GET"])
@blp.response(200, SettlementOut)
def get_settlement(settlement_id: UUID) -> dict[str, Any]:
    """One settlement with both accounts and its voucher."""
    return _shown(settlement_id, now=clock.now())


@blp.route("/settlements/<uuid:settlement_id>/confirmation", methods=["POST"])
@blp.response(200, SettlementOut)
def confirm_settlement(settlement_id: UUID) -> dict[str, Any]:
    """B10: the money has come; all orders are settled at once. 409 when it was decided before."""
    actor, now = current_actor(), clock.now()
    confirm(
        runtime().session,
        dealer_id=own_dealer(actor),
        settlement_id=settlement_id,
        decided_by=person_of(actor),
        source=this_request(),
        now=now,
    )
    return _shown(settlement_id, now=now)


@blp.route("/settlements/<uuid:settlement_id>/rejection", methods=["POST"])
@blp.arguments(Rejection)
@blp.response(200, SettlementOut)
def reject_settlement(body: dict[str, Any], settlement_id: UUID) -> dict[str, Any]:
    """B10, B6: all orders are unsettled again, with the reason. 409 when it was decided before."""
    actor, now = current_actor(), clock.now()
    reject(
        runtime().session,
        dealer_id=own_dealer(actor),
        settlement_id=settlement_id,
        reason=body["reason"],
        decided_by=person_of(actor),
        source=this_request(),
        now=now,
    )
    return _shown(settlement_id, now=now)


def settlement_out(settlement: Settlement, provider_name: str | None, *, now: datetime) -> dict[str, Any]:
    """A settlement as SettlementOut wants it, with a fresh link to its voucher."""
    return {
        "settlement": settlement,
        "provider_name": provider_name,
        "voucher": with_link(settlement.voucher, now=now),
    }


def _shown(settlement_id: UUID, *, now: datetime) -> dict[str, Any]:
    viewer = viewer_of(current_actor())
    settlement, name = queries.settlement(runtime().session, viewer=viewer, settlement_id=settlement_id)
    return settlement_out(settlement, name, now=now)
