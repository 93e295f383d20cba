"""Orders: the list with its filters, and one with everything behind it (B5, B6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chassis.clock import shanghai_midnight
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from billing.models.agreements import ClassOpening
from billing.models.known import KnownClass, KnownDealer, KnownProvider
from billing.models.orders import Order
from billing.models.settlements import Settlement, SettlementOrder
from billing.queries.receiving import OrderUnknown
from billing.queries.viewers import Viewer
from billing.rules.orders import OVERDUE, OrderState, shown_state


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFilter:
    """B5. Days are Shanghai days, both included; `text` is looked for in number, class and provider."""

    kind: str | None = None
    state: str | None = None
    created_from: date | None = None
    created_to: date | None = None
    text: str | None = None
    provider_id: UUID | None = None


def orders(*, viewer: Viewer, wanted: OrderFilter, today: date) -> Select[Any]:
    """(order, provider name, dealer name) of the viewer's orders, the newest first."""
    select_rows = (
        select(Order, KnownProvider.name, KnownDealer.name)
        .outerjoin(KnownProvider, KnownProvider.provider_id == Order.provider_id)
        .outerjoin(KnownDealer, KnownDealer.dealer_id == Order.dealer_id)
        .where(viewer.sees(Order))
        .order_by(Order.created_at.desc(), Order.id.desc())
    )
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind:
        conditions.append(Order.kind == wanted.kind)
    if wanted.state:
        conditions.append(_shows(wanted.state, today))
    if wanted.created_from:
        conditions.append(Order.created_at >= shanghai_midnight(wanted.created_from))
    if wanted.created_to:
        conditions.append(Order.created_at < shanghai_midnight(wanted.created_to + timedelta(days=1)))
    if wanted.provider_id:
        conditions.append(Order.provider_id == wanted.provider_id)
    if wanted.text:
        columns = (Order.number, Order.title, KnownProvider.name)
        conditions.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in columns)))
    return select_rows.where(*conditions)


def order_row(
    order: Order, provider_name: str | None, dealer_name: str | None, *, today: date
) -> dict[str, Any]:
    """One order as the list shows it."""
    return {
        "order": order,
        "state": shown_state(state=OrderState(order.state), due_day=order.due_day, today=today),
        "provider_name": provider_name,
        "dealer_name": dealer_name,
    }


def order_details(session: Session, *, viewer: Viewer, order_id: UUID, today: date) -> dict[str, Any]:
    """B5: the order with its lines, settlements, opening figures, class and review log. Raises OrderUnknown."""
    found = session.execute(
        orders(viewer=viewer, wanted=OrderFilter(), today=today).where(Order.id == order_id)
    ).first()
    if found is None:
        raise OrderUnknown
    order: Order = found[0]
    opening = session.get(ClassOpening, order.class_id) if order.class_id else None
    return {
        **order_row(order, found[1], found[2], today=today),
        "lines": order.lines,
        "settlements": settlements_of(session, order_id=order.id),
        "opening": _opening_figures(opening) if opening else None,
        "training_class": _class_of(session, opening) if opening else None,
        "review_log": list(reversed(order.review_log)),
    }


def settlements_of(session: Session, *, order_id: UUID) -> list[Settlement]:
    """All settlements that the order has been in, rejected ones too, the newest first."""
    wanted = (
        select(Settlement)
        .join(SettlementOrder, SettlementOrder.settlement_id == Settlement.id)
        .where(SettlementOrder.order_id == order_id)
        .order_by(Settlement.created_at.desc(), Settlement.id.desc())
    )
    return list(session.scalars(wanted))


def _opening_figures(opening: ClassOpening) -> dict[str, Any]:
    return {
        "planned_headcount": opening.planned_headcount,
        "per_head_fee_fen": opening.per_head_fee_fen,
        "amount": opening.planned_headcount * opening.per_head_fee_fen,
        "waived": opening.waived,
        "opened_at": opening.opened_at,
    }


def _class_of(session: Session, opening: ClassOpening) -> dict[str, Any]:
    """The class as it is now where that is known (its end day may have moved), else as it was at its opening."""
    known = session.get(KnownClass, opening.class_id)
    shown = known or opening
    return {
        "class_id": opening.class_id,
        "name": shown.name,
        "type": shown.type,
        "start_day": shown.start_day or opening.start_day,
        "end_day": shown.end_day or opening.end_day,
        "region": shown.region or opening.region,
    }


def _shows(state: str, today: date) -> ColumnElement[bool]:
    """B6 as a condition; `shown_state` is the same rule for one order."""
    if state == OVERDUE:
        return and_(Order.state == OrderState.UNSETTLED.value, Order.due_day < today)
    if state == OrderState.UNSETTLED:
        return and_(Order.state == state, Order.due_day >= today)
    return Order.state == state
