"""The dealer's account that a bank settlement pays into (B7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chassis.errors import FieldError, NotFound, Unavailable
from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.models.known import KnownDealer, KnownProvider
from billing.models.orders import Order
from billing.queries.viewers import Viewer
from billing.rules.settlements import SeveralDealers


class OrderUnknown(NotFound):
    """No such order, or not yours."""

    code = "billing.order.not_found"
    title = "订单不存在"
    next_step = "请刷新订单列表后重试。"


class AccountPending(Unavailable):
    """The dealer's or provider's account has not been heard of yet."""

    code = "billing.account.pending"
    title = "收付款账户资料正在同步"
    next_step = "请稍等几秒后重试；若持续出现，请联系平台。"


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


def receiving_account(session: Session, *, viewer: Viewer, order_ids: Sequence[UUID]) -> dict[str, Any]:
    """B7: the account for these orders, the payer name that is needed and the exact amount due.

    Raises OrderUnknown, SeveralDealers, AccountPending.
    """
    found = session.scalars(select(Order).where(Order.id.in_(order_ids), viewer.sees(Order))).all()
    if not order_ids or len(found) != len(set(order_ids)):
        raise OrderUnknown
    if len({order.dealer_id for order in found}) > 1:
        field = FieldError(field="/order_ids", code="other_dealer", message="所选订单属于不同的经销商")
        raise SeveralDealers(fields=(field,))
    dealer = session.get(KnownDealer, found[0].dealer_id)
    provider = session.get(KnownProvider, found[0].provider_id)
    if dealer is None or provider is None:
        raise AccountPending(retry_after=2)
    return {
        **account_of(dealer),
        "payer_account_name": provider.account_name,
        "amount_fen": sum(order.amount_fen for order in found),
    }
