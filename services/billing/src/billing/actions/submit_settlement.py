"""A provider submits a bank settlement of one or several orders (B7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.db import refusing
from chassis.errors import Conflict, FieldError, NotFound
from sqlalchemy import select
from sqlalchemy.orm import Session

from billing import events
from billing.actions.pending import pending
from billing.models.known import KnownDealer, KnownProvider
from billing.models.orders import Order
from billing.models.settlements import Settlement, SettlementOrder, Voucher
from billing.queries.receiving import OrderUnknown, account_of
from billing.rules.orders import OrderState
from billing.rules.settlements import Owed, SettlementUnderWay, check_bank_settlement, check_owed
from billing.rules.sources import Source


class VoucherUnknown(NotFound):
    """No such voucher, or another provider's."""

    code = "billing.voucher.not_found"
    title = "汇款凭证不存在"
    next_step = "请重新上传汇款凭证。"


class VoucherUsed(Conflict):
    """One remittance pays once: the voucher belongs to another settlement."""

    code = "billing.voucher.already_used"
    title = "该汇款凭证已用于其他结算"
    next_step = "请上传本次付款的汇款凭证。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What the provider says about its transfer."""

    payer_account_name: str
    payer_account_number: str
    payer_bank: str
    amount_fen: int
    voucher_id: UUID
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who submits or decides."""

    account_id: UUID
    name: str


def submit_settlement(
    session: Session,
    *,
    provider_id: UUID,
    order_ids: Sequence[UUID],
    payment: Payment,
    submitted_by: Person,
    source: Source,
    now: datetime,
) -> Settlement:
    """B7: take these unsettled orders into one settlement, all or none. Raises OrderUnknown, SettlementUnderWay,
    OrderSettled, VoucherUnknown, VoucherUsed, ProjectionPending, or what the rule refuses."""
    provider = session.get(KnownProvider, provider_id)
    if provider is None:
        raise pending("provider", provider_id)
    orders = _own_orders(session, provider_id=provider_id, order_ids=order_ids)
    voucher = _own_voucher(session, provider_id=provider_id, voucher_id=payment.voucher_id)
    check_bank_settlement(
        owed=[
            Owed(order.id, order.dealer_id, order.amount_fen, order.payer_account_name) for order in orders
        ],
        payer_account_name=payment.payer_account_name,
        provider_account_name=provider.account_name,
        amount_fen=payment.amount_fen,
    )
    dealer = session.get(KnownDealer, orders[0].dealer_id)
    if dealer is None:
        raise pending("dealer", orders[0].dealer_id)
    feed = events.hold_feed(session, dealer_id=dealer.dealer_id)
    _lock(session, orders)
    settlement = _settlement(orders, dealer, voucher, payment, submitted_by, source=source, now=now)
    refused = {"uq_settlement_orders_active": SettlementUnderWay(), "uq_settlements_voucher": VoucherUsed()}
    with refusing(session, refused):
        session.add(settlement)
    for order in orders:
        order.state, order.rejection_reason = OrderState.SETTLEMENT_SUBMITTED.value, None
        order.updated_at = now
    session.flush()
    events.settlement_changed(
        session, event_type=events.SETTLEMENT_SUBMITTED, settlement=settlement, feed=feed, now=now
    )
    return settlement


def _settlement(
    orders: Sequence[Order],
    dealer: KnownDealer,
    voucher: Voucher,
    payment: Payment,
    submitted_by: Person,
    *,
    source: Source,
    now: datetime,
) -> Settlement:
    """The row with its parts. The dealer's account is kept as it was shown to the payer."""
    return Settlement(
        provider_id=voucher.provider_id,
        dealer_id=dealer.dealer_id,
        method="bank",
        state="submitted",
        amount_fen=payment.amount_fen,
        payer_account_name=payment.payer_account_name,
        payer_account_number=payment.payer_account_number,
        payer_bank=payment.payer_bank,
        receiving_account=account_of(dealer),
        voucher=voucher,
        note=payment.note,
        submitted_by=submitted_by.account_id,
        submitted_by_name=submitted_by.name,
        source_kind=source.kind,
        source_id=source.id,
        created_at=now,
        updated_at=now,
        parts=[
            SettlementOrder(order=order, position=position, amount_fen=order.amount_fen, active=True)
            for position, order in enumerate(orders, start=1)
        ],
    )


def _own_voucher(session: Session, *, provider_id: UUID, voucher_id: UUID) -> Voucher:
    voucher = session.get(Voucher, voucher_id)
    if voucher is None or voucher.provider_id != provider_id:
        field = FieldError(field="/voucher_id", code="not_found", message="汇款凭证不存在")
        raise VoucherUnknown(fields=(field,))
    return voucher


def _own_orders(session: Session, *, provider_id: UUID, order_ids: Sequence[UUID]) -> list[Order]:
    """The orders in the order in which they were named; a foreign or unknown one is not found."""
    wanted = select(Order).where(Order.id.in_(order_ids), Order.provider_id == provider_id)
    found = {order.id: order for order in session.scalars(wanted)}
    missing = tuple(
        FieldError(field=f"/order_ids/{position}", code="not_found", message="订单不存在")
        for position, key in enumerate(order_ids)
        if key not in found
    )
    if missing:
        raise OrderUnknown(fields=missing)
    return [found[key] for key in order_ids]


def _lock(session: Session, orders: Sequence[Order]) -> None:
    """Lock the orders, read them again, and refuse any that is not unsettled."""
    wanted = select(Order).where(Order.id.in_([order.id for order in orders])).order_by(Order.id)
    session.scalars(wanted.with_for_update(), execution_options={"populate_existing": True}).all()
    check_owed((OrderState(order.state), order.number) for order in orders)
