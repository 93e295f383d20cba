"""Settlements: the list, and one (B7, B10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.errors import NotFound
from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from billing.models.known import KnownProvider
from billing.models.orders import Order
from billing.models.settlements import Settlement, SettlementOrder
from billing.queries.viewers import Viewer


class SettlementUnknown(NotFound):
    """No such settlement, or not yours."""

    code = "billing.settlement.not_found"
    title = "结算不存在"
    next_step = "请刷新结算列表后重试。"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementFilter:
    """`text` is looked for in provider, payer, and the orders' numbers and titles."""

    state: str | None = None
    provider_id: UUID | None = None
    text: str | None = None
    oldest_first: bool = False


def settlements(*, viewer: Viewer, wanted: SettlementFilter) -> Select[Any]:
    """(settlement, provider name) of the viewer's settlements, the newest first unless wanted otherwise."""
    conditions: list[ColumnElement[bool]] = [viewer.sees(Settlement)]
    if wanted.state:
        conditions.append(Settlement.state == wanted.state)
    if wanted.provider_id:
        conditions.append(Settlement.provider_id == wanted.provider_id)
    if wanted.text:
        conditions.append(_names(wanted.text))
    place = (Settlement.created_at, Settlement.id)
    return (
        select(Settlement, KnownProvider.name)
        .outerjoin(KnownProvider, KnownProvider.provider_id == Settlement.provider_id)
        .where(*conditions)
        .order_by(*(place if wanted.oldest_first else [column.desc() for column in place]))
    )


def _names(text: str) -> ColumnElement[bool]:
    of_orders = (
        select(SettlementOrder.settlement_id)
        .join(Order, Order.id == SettlementOrder.order_id)
        .where(or_(*(column.icontains(text, autoescape=True) for column in (Order.number, Order.title))))
    )
    columns = (KnownProvider.name, Settlement.payer_account_name)
    return or_(*(column.icontains(text, autoescape=True) for column in columns), Settlement.id.in_(of_orders))


def settlement(session: Session, *, viewer: Viewer, settlement_id: UUID) -> tuple[Settlement, str | None]:
    """One settlement of the viewer's and its provider's name. Raises SettlementUnknown."""
    found = session.execute(
        settlements(viewer=viewer, wanted=SettlementFilter()).where(Settlement.id == settlement_id)
    ).first()
    if found is None:
        raise SettlementUnknown
    return found[0], found[1]
