"""The dealer confirms or rejects a settlement, with all its orders at once (B10)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.db import locked
from chassis.errors import Conflict, Forbidden
from sqlalchemy import select
from sqlalchemy.orm import Session

from billing import events
from billing.actions.post_entries import post_entries
from billing.actions.submit_settlement import Person
from billing.models.feed import DealerFeed
from billing.models.orders import Order
from billing.models.settlements import Settlement
from billing.queries.settlements import SettlementUnknown
from billing.rules.ledger import entry_of_payment
from billing.rules.orders import OrderState
from billing.rules.sources import Source


class SettlementConfirmed(Conflict):
    """The dealer has confirmed it already."""

    code = "billing.settlement.already_confirmed"
    title = "结算已确认"
    next_step = "请刷新页面查看，无需再次操作。"


class SettlementRejected(Conflict):
    """The dealer has rejected it already."""

    code = "billing.settlement.already_rejected"
    title = "结算已被驳回"
    next_step = "请刷新页面查看驳回原因；培训单位可以重新提交结算。"


class OwnSettlement(Forbidden):
    """Nobody confirms the payment that they themselves reported."""

    code = "billing.settlement.own"
    title = "不能审核自己提交的结算"
    next_step = "请由经销商的其他财务人员审核。"


def confirm_settlement(
    session: Session,
    *,
    dealer_id: UUID | None,
    settlement_id: UUID,
    decided_by: Person,
    source: Source,
    now: datetime,
) -> Settlement:
    """B10: all its orders are settled and no longer owed, or none.

    Raises SettlementUnknown, SettlementConfirmed, SettlementRejected, OwnSettlement.
    """
    settlement, feed = _undecided(
        session, dealer_id=dealer_id, settlement_id=settlement_id, decided_by=decided_by
    )
    _decide(settlement, state="confirmed", reason=None, decided_by=decided_by, source=source, now=now)
    for order in _orders(session, settlement):
        order.state = OrderState.SETTLED.value
        order.settled_at = now
        order.updated_at = now
    session.flush()
    post_entries(
        session,
        provider_id=settlement.provider_id,
        dealer_id=settlement.dealer_id,
        kind="settlement_confirmed",
        subject_id=settlement.id,
        entries=[(part.order_id, entry_of_payment(amount_fen=part.amount_fen)) for part in settlement.parts],
        source=source,
        now=now,
    )
    events.settlement_changed(
        session, event_type=events.SETTLEMENT_CONFIRMED, settlement=settlement, feed=feed, now=now
    )
    return settlement


def reject_settlement(
    session: Session,
    *,
    dealer_id: UUID | None,
    settlement_id: UUID,
    reason: str,
    decided_by: Person,
    source: Source,
    now: datetime,
) -> Settlement:
    """B10, B6: all its orders are unsettled again and say why. Raises as `confirm_settlement` does."""
    settlement, feed = _undecided(
        session, dealer_id=dealer_id, settlement_id=settlement_id, decided_by=decided_by
    )
    _decide(settlement, state="rejected", reason=reason, decided_by=decided_by, source=source, now=now)
    for order in _orders(session, settlement):
        order.state = OrderState.UNSETTLED.value
        order.rejection_reason = reason
        order.updated_at = now
    for part in settlement.parts:
        part.active = False
    session.flush()
    events.settlement_changed(
        session, event_type=events.SETTLEMENT_REJECTED, settlement=settlement, feed=feed, now=now
    )
    return settlement


def _undecided(
    session: Session, *, dealer_id: UUID | None, settlement_id: UUID, decided_by: Person
) -> tuple[Settlement, DealerFeed]:
    """The settlement of this dealer, locked, if it still waits for a decision."""
    seen = session.get(Settlement, settlement_id)
    if seen is None or dealer_id is None or seen.dealer_id != dealer_id:
        raise SettlementUnknown
    feed = events.hold_feed(session, dealer_id=dealer_id)
    settlement = locked(session, Settlement, settlement_id)
    if settlement is None:
        raise SettlementUnknown
    if settlement.state == "confirmed":
        raise SettlementConfirmed
    if settlement.state == "rejected":
        raise SettlementRejected
    if settlement.submitted_by == decided_by.account_id:
        raise OwnSettlement
    return settlement, feed


def _decide(
    settlement: Settlement,
    *,
    state: str,
    reason: str | None,
    decided_by: Person,
    source: Source,
    now: datetime,
) -> None:
    settlement.state = state
    settlement.reason = reason
    settlement.decided_by = decided_by.account_id
    settlement.decided_by_name = decided_by.name
    settlement.decided_at = now
    settlement.decision_source_id = source.id
    settlement.updated_at = now


def _orders(session: Session, settlement: Settlement) -> list[Order]:
    """Its orders, locked and freshly read."""
    wanted = (
        select(Order).where(Order.id.in_([part.order_id for part in settlement.parts])).order_by(Order.id)
    )
    return list(session.scalars(wanted.with_for_update(), execution_options={"populate_existing": True}))
