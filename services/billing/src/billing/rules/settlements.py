"""What a bank settlement must agree with (B7)."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.errors import Conflict, FieldError, Invalid
from chassis.money import yuan

from billing.rules.orders import OrderState


@dataclass(frozen=True, slots=True)
class Owed:
    """One order as a settlement sees it."""

    order_id: UUID
    dealer_id: UUID
    amount_fen: int
    payer_account_name: str | None = None
    """The provider's account name when the order was made, where it is known."""


class SettlementUnderWay(Conflict):
    """An order is in a settlement that the dealer has not decided yet."""

    code = "billing.order.settlement_under_way"
    title = "订单正在结算审核中"
    next_step = "请等待经销商审核；审核不通过时可以重新提交。"


class OrderSettled(Conflict):
    """An order is settled already."""

    code = "billing.order.already_settled"
    title = "订单已结算"
    next_step = "请刷新订单列表，只选择未结算的订单。"


class SeveralDealers(Invalid):
    """B7: one transfer goes to one account, so all orders must be of one dealer."""

    code = "billing.settlement.several_dealers"
    title = "所选订单属于不同的经销商"
    next_step = "请按经销商分别提交结算。"


class PayerMismatch(Invalid):
    """B7: money must come from the provider's own account."""

    code = "billing.settlement.payer_mismatch"
    title = "付款户名与培训单位账户户名不一致"
    next_step = "请使用与培训单位账户户名相同的单位对公银行账户付款，并如实填写付款户名。"


class AmountMismatch(Invalid):
    """B7: the amount must be exactly what the orders come to."""

    code = "billing.settlement.amount_mismatch"
    title = "付款金额与应付金额不一致"
    next_step = "请按所选订单的应付金额付款，并填写相同的金额。"


def check_owed(orders: Iterable[tuple[OrderState, str]]) -> None:
    """B6, B7: only what is unsettled is paid. `orders` are (state, number) in the order in which they were named.

    Raises SettlementUnderWay or OrderSettled for the first that is not.
    """
    for position, (state, number) in enumerate(orders):
        if state is OrderState.UNSETTLED:
            continue
        kind = OrderSettled if state is OrderState.SETTLED else SettlementUnderWay
        field = FieldError(
            field=f"/order_ids/{position}", code=state.value, message=f"{kind.title}：{number}"
        )
        raise kind(fields=(field,))


def same_account_name(one: str, other: str) -> bool:
    """Account names are equal when nothing but width and spaces differs: （）and () are one to a bank clerk."""
    return _plain(one) == _plain(other)


def payer_names(*, owed: Sequence[Owed], provider_account_name: str) -> list[str]:
    """B7: under which names these orders may be paid: the provider's present one, and the one that all of them were
    made under. A provider that was renamed may still have its bank account under the old name."""
    old = owed[0].payer_account_name if owed else None
    shared = old is not None and all(
        order.payer_account_name is not None and same_account_name(order.payer_account_name, old)
        for order in owed
    )
    if old is None or not shared or same_account_name(old, provider_account_name):
        return [provider_account_name]
    return [provider_account_name, old]


def check_bank_settlement(
    *, owed: Sequence[Owed], payer_account_name: str, provider_account_name: str, amount_fen: int
) -> int:
    """B7: one dealer, the provider's own account, the exact amount. Returns the amount in fen.

    Raises SeveralDealers, PayerMismatch or AmountMismatch, each naming the field at fault.
    """
    for position, order in enumerate(owed):
        if order.dealer_id != owed[0].dealer_id:
            field = FieldError(
                field=f"/order_ids/{position}", code="other_dealer", message="该订单属于另一家经销商"
            )
            raise SeveralDealers(fields=(field,))
    names = payer_names(owed=owed, provider_account_name=provider_account_name)
    if not any(same_account_name(payer_account_name, name) for name in names):
        message = f"付款户名应为{'或'.join(f'“{name}”' for name in names)}"
        raise PayerMismatch(
            fields=(FieldError(field="/payer_account_name", code="not_the_provider", message=message),)
        )
    due = sum(order.amount_fen for order in owed)
    if amount_fen != due:
        message = f"应付金额为 {yuan(due)} 元"
        raise AmountMismatch(fields=(FieldError(field="/amount", code="not_exact", message=message),))
    return due


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
