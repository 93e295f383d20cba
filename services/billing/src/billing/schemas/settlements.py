"""Settlements, vouchers and the account that is paid into (B7, B10)."""

from __future__ import annotations

import uuid
from typing import Any

from chassis.web import PageArgs, Schema, fields
from marshmallow import ValidationError, validates

MOST_ORDERS = 100
SETTLEMENT_STATES = ("submitted", "confirmed", "rejected")


class OrdersToPay(Schema):
    """The orders that one payment is for."""

    order_ids = fields.List(fields.Uuid(), required=True, min_items=1, max_items=MOST_ORDERS)

    @validates("order_ids")
    def each_order_once(self, value: list[uuid.UUID], **_: Any) -> None:
        """An order named twice would be paid twice."""
        if len(set(value)) != len(value):
            raise ValidationError("同一订单只能选择一次")


class NewSettlement(OrdersToPay):
    """B7: a transfer that the provider has made to the dealer's account."""

    payer_account_name = fields.String(required=True, min_length=1, max_length=200)
    payer_account_number = fields.Number(required=True, min_length=1, max_length=64)
    payer_bank = fields.String(required=True, min_length=1, max_length=200)
    amount = fields.Money(required=True, minimum=1)
    voucher_id = fields.Uuid(required=True)
    note = fields.String(load_default=None, allow_none=True, max_length=500, lines=True)


class Rejection(Schema):
    """B10: why a settlement is rejected."""

    reason = fields.String(required=True, min_length=1, max_length=500, lines=True)


class AccountOut(Schema):
    """收款方信息."""

    dealer_name = fields.String(required=True)
    account_name = fields.String(required=True)
    bank_name = fields.String(required=True)
    account_number = fields.String(required=True)
    account_manager = fields.String(required=True)
    phone = fields.String(required=True)


class ReceivingOut(AccountOut):
    """The account, whose account must pay, and how much exactly."""

    payer_account_name = fields.String(required=True)
    amount = fields.Money(required=True, attribute="amount_fen")


class SettlementArgs(PageArgs):
    """The list's filters; `order` is by the moment of submission."""

    state = fields.Enum(SETTLEMENT_STATES, load_default=None)
    provider_id = fields.Uuid(load_default=None)
    text = fields.String(
        load_default=None,
        max_length=100,
        metadata={"description": "In provider, payer, and the orders' numbers and titles"},
    )
    order = fields.Enum(("newest", "oldest"), load_default="newest")


class VoucherOut(Schema):
    """汇款凭证. The link shows the image until it expires; ask again for a fresh one."""

    id = fields.Uuid(required=True)
    content_type = fields.String(required=True)
    size = fields.Integer(required=True)
    url = fields.String(required=True, max_length=1000)
    url_expires_at = fields.Moment(required=True)


class VoucherFile(Schema):
    """The image, in the part `file` of a multipart body."""

    file = fields.File(required=True)


class SettledOrderOut(Schema):
    """One order of a settlement."""

    order_id = fields.Uuid(required=True)
    number = fields.String(required=True, attribute="order.number")
    title = fields.String(required=True, attribute="order.title")
    amount = fields.Money(required=True, attribute="amount_fen")


class SettlementBrief(Schema):
    """A settlement as a list shows it."""

    id = fields.Uuid(required=True, attribute="settlement.id")
    state = fields.Enum(SETTLEMENT_STATES, required=True, attribute="settlement.state")
    method = fields.String(required=True, attribute="settlement.method")
    provider_id = fields.Uuid(required=True, attribute="settlement.provider_id")
    provider_name = fields.String(required=True, allow_none=True)
    dealer_id = fields.Uuid(required=True, attribute="settlement.dealer_id")
    amount = fields.Money(required=True, attribute="settlement.amount_fen")
    orders = fields.List(fields.Nested(SettledOrderOut), required=True, attribute="settlement.parts")
    submitted_by_name = fields.String(required=True, attribute="settlement.submitted_by_name")
    submitted_at = fields.Moment(required=True, attribute="settlement.created_at")
    decided_by_name = fields.String(required=True, allow_none=True, attribute="settlement.decided_by_name")
    decided_at = fields.Moment(required=True, allow_none=True, attribute="settlement.decided_at")
    reason = fields.String(required=True, allow_none=True, attribute="settlement.reason")


class SettlementOut(SettlementBrief):
    """A settlement with both accounts and its voucher."""

    payer_account_name = fields.String(required=True, attribute="settlement.payer_account_name")
    payer_account_number = fields.String(required=True, attribute="settlement.payer_account_number")
    payer_bank = fields.String(required=True, attribute="settlement.payer_bank")
    receiving_account = fields.Nested(AccountOut, required=True, attribute="settlement.receiving_account")
    note = fields.String(required=True, allow_none=True, attribute="settlement.note")
    voucher = fields.Nested(VoucherOut, required=True)
