"""What a provider's first page says of its orders: this month, the months before, and what is still to be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chassis.clock import shanghai_midnight
from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from billing.models.orders import Order
from billing.rules.orders import OVERDUE, OrderState, first_days_of_months

MONTHS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many orders, and what they come to in fen."""

    orders: int = 0
    amount_fen: int = 0


def order_summary(session: Session, *, provider_id: UUID, today: date) -> dict[str, Any]:
    """B5, B6 in two statements. Months are those in which an order was made, in Shanghai, the present one last and
    empty ones included; `unsettled` and `overdue` are all that is outstanding, whenever it was made."""
    months = _months(session, provider_id, today)
    owed = _outstanding(session, provider_id, today)
    return {
        "months": [{"first_day": day, "figures": figures} for day, figures in months.items()],
        "unsettled": owed.get(OrderState.UNSETTLED.value, Figures()),
        "overdue": owed.get(OVERDUE, Figures()),
        "in_review": owed.get(OrderState.SETTLEMENT_SUBMITTED.value, Figures()),
    }


def _months(session: Session, provider_id: UUID, today: date) -> dict[date, Figures]:
    firsts = first_days_of_months(today=today, months=MONTHS)
    # The latest month whose first midnight has passed is the order's own.
    place = case(
        *((Order.created_at >= shanghai_midnight(day), at) for at, day in reversed(list(enumerate(firsts)))),
    )
    rows = session.execute(
        select(place.label("place"), func.count(), func.sum(Order.amount_fen))
        .where(Order.provider_id == provider_id, Order.created_at >= shanghai_midnight(firsts[0]))
        .group_by("place")
    )
    found = {at: Figures(orders=count, amount_fen=int(fen)) for at, count, fen in rows}
    return {day: found.get(at, Figures()) for at, day in enumerate(firsts)}


def _outstanding(session: Session, provider_id: UUID, today: date) -> dict[str, Figures]:
    """What is not settled, by the state that it shows (`shown_state`)."""
    late = and_(Order.state == OrderState.UNSETTLED.value, Order.due_day < today)
    shown = case((late, OVERDUE), else_=Order.state)
    rows = session.execute(
        select(shown.label("shown"), func.count(), func.sum(Order.amount_fen))
        .where(Order.provider_id == provider_id, Order.state != OrderState.SETTLED.value)
        .group_by("shown")
    )
    return {state: Figures(orders=count, amount_fen=int(fen)) for state, count, fen in rows}
