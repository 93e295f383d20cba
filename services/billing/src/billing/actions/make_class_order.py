"""A class graduated: it becomes exactly one order (B2, B3, B4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.clock import shanghai_day
from chassis.db import refusing
from chassis.errors import Conflict
from sqlalchemy import select
from sqlalchemy.orm import Session

from billing import events
from billing.actions.number_order import next_order_number
from billing.actions.pending import pending
from billing.actions.post_entries import post_entries
from billing.models.agreements import ClassOpening
from billing.models.known import KnownProvider
from billing.models.orders import Order, OrderLine
from billing.rules.bills import Bill, class_bill
from billing.rules.ledger import entries_of_bill
from billing.rules.orders import OrderKind, OrderState, last_day_to_pay
from billing.rules.sources import Source


class ClassAlreadyOrdered(Conflict):
    """B2: the class has its order; there is never a second one."""

    code = "billing.order.class_already_ordered"
    title = "该班级已生成订单"
    next_step = "一个班级只有一张结业订单，请在订单列表中查看。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Graduation:
    """What the graduation says. `refund_fen` is the amount that the second review fixed (K28)."""

    class_id: UUID
    joined_count: int
    finished_count: int
    refund_fen: int
    review_log: Any


def make_class_order(session: Session, *, graduation: Graduation, source: Source, now: datetime) -> Order:
    """Make the order at the price frozen at the opening, book what is owed, and tell the dealer.

    Raises ClassAlreadyOrdered, or ProjectionPending while opening or provider have not been heard of.
    """
    opening = session.get(ClassOpening, graduation.class_id)
    if opening is None:
        raise pending("opening of class", graduation.class_id)
    provider = session.get(KnownProvider, opening.provider_id)
    if provider is None:
        raise pending("provider", opening.provider_id)
    feed = events.hold_feed(session, dealer_id=opening.dealer_id)
    if session.scalar(select(Order.id).where(Order.class_id == graduation.class_id)) is not None:
        raise ClassAlreadyOrdered
    bill = class_bill(
        joined_count=graduation.joined_count,
        finished_count=graduation.finished_count,
        per_head_fee_fen=opening.per_head_fee_fen,
        waived=opening.waived,
        refund_fen=graduation.refund_fen,
    )
    with refusing(session, {"uq_orders_class": ClassAlreadyOrdered()}):
        number = next_order_number(session, kind=OrderKind.CLASS, day=shanghai_day(now), provider=provider)
        order = _order(opening, graduation, bill, provider=provider, number=number, source=source, now=now)
        session.add(order)
    post_entries(
        session,
        provider_id=order.provider_id,
        dealer_id=order.dealer_id,
        kind="order_created",
        subject_id=order.id,
        entries=[(order.id, entry) for entry in entries_of_bill(bill)],
        source=source,
        now=now,
    )
    events.order_created(session, order=order, feed=feed, now=now)
    return order


def _order(
    opening: ClassOpening,
    graduation: Graduation,
    bill: Bill,
    *,
    provider: KnownProvider,
    number: str,
    source: Source,
    now: datetime,
) -> Order:
    # Nothing is owed on an order of 0.00, so nobody could ever settle it: it is closed at once (B3).
    settled = bill.amount_fen == 0
    return Order(
        number=number,
        kind=OrderKind.CLASS.value,
        provider_id=opening.provider_id,
        dealer_id=opening.dealer_id,
        class_id=opening.class_id,
        title=opening.name,
        joined_count=bill.joined_count,
        finished_count=bill.finished_count,
        billed_headcount=bill.billed_headcount,
        per_head_fee_fen=bill.per_head_fee_fen,
        amount_fen=bill.amount_fen,
        payer_account_name=provider.account_name,
        state=(OrderState.SETTLED if settled else OrderState.UNSETTLED).value,
        due_day=last_day_to_pay(created_day=shanghai_day(now), term_days=opening.term_days),
        settled_at=now if settled else None,
        review_log=graduation.review_log,
        source_kind=source.kind,
        source_id=source.id,
        created_at=now,
        updated_at=now,
        lines=_lines(bill),
    )


def _lines(bill: Bill) -> list[OrderLine]:
    """The class line, and a credit line for a waiver or a refund."""
    lines = [
        OrderLine(
            position=1,
            kind="class",
            quantity=bill.billed_headcount,
            unit_fen=bill.per_head_fee_fen,
            amount_fen=bill.gross_fen,
        )
    ]
    for kind, credit in (("waiver", bill.waiver_fen), ("refund", bill.refund_fen)):
        if credit:
            lines.append(
                OrderLine(
                    position=len(lines) + 1, kind=kind, quantity=1, unit_fen=-credit, amount_fen=-credit
                )
            )
    return lines
