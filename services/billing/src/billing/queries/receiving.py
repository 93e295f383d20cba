"""The dealer's account that a bank settlement pays into (B7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chassis.errors import FieldError, NotFound, ProjectionPending
from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.models.known import KnownDealer, KnownProvider
from billing.models.orders import Order
from billing.rules.orders import OrderState
from billing.rules.settlements import SeveralDealers, check_owed


class OrderUnknown(NotFound):
    """No such order, or not yours."""

    code = "billing.order.not_found"
    title = "订单不存在"
    next_step = "请刷新订单列表后重试。"


def account_of(dealer: KnownDealer) -> dict[str, str]:
    """What the payer must know. It is kept with the settlement as it was shown."""
    return {
        "dealer_name": dealer.name,
        "account_name": dealer.bank_account_name,
        "bank_name": dealer.bank_name,
        "account_number": dealer.bank_account_number,
        "account_manager": dealer.contact_name,
        "phone": dealer.contact_phone,
    }


def receiving_account(session: Session, *, provider_id: UUID, order_ids: Sequence[UUID]) -> dict[str, Any]:
    """B7: the account for these orders of the provider, the payer name that is needed and the exact amount due.

    Raises OrderUnknown, SettlementUnderWay, OrderSettled, SeveralDealers, ProjectionPending.
    """
    wanted = select(Order).where(Order.id.in_(order_ids), Order.provider_id == provider_id)
    found = {order.id: order for order in session.scalars(wanted)}
    if not order_ids or len(found) != len(set(order_ids)):
        raise OrderUnknown
    orders = [found[key] for key in order_ids]
    check_owed((OrderState(order.state), order.number) for order in orders)
    if len({order.dealer_id for order in orders}) > 1:
        field = FieldError(field="/order_ids", code="other_dealer", message="所选订单属于不同的经销商")
        raise SeveralDealers(fields=(field,))
    dealer = session.get(KnownDealer, orders[0].dealer_id)
    provider = session.get(KnownProvider, provider_id)
    if dealer is None or provider is None:
        raise ProjectionPending(retry_after=2)
    return {
        **account_of(dealer),
        "payer_account_name": provider.account_name,
        "amount_fen": sum(order.amount_fen for order in orders),
    }
