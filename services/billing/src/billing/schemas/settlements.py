"""Settlements, vouchers and the account that is paid into (B7, B10)."""

from __future__ import annotations

import uuid
from typing import Any

from chassis.web import PageArgs, Schema, fields
from marshmallow import ValidationError, pre_load, validates
from marshmallow import fields as ma

MOST_ORDERS = 100
SETTLEMENT_STATES = ("submitted", "confirmed", "rejected")


def _no_repeats(keys: list[uuid.UUID]) -> None:
    if len(set(keys)) != len(keys):
        raise ValidationError("同一订单只能选择一次")


class NewSettlement(Schema):
    """B7: a transfer that the provider has made to the dealer's account."""

    order_ids = fields.List(fields.Uuid(), required=True, min_items=1, max_items=MOST_ORDERS)
    payer_account_name = fields.String(required=True, min_length=1, max_length=200)
    payer_account_number = fields.String(required=True, min_length=1, max_length=64)
    payer_bank = fields.String(required=True, min_length=1, max_length=200)
    amount = fields.Money(required=True)
    voucher_id = fields.Uuid(required=True)
    note = fields.String(load_default=None, allow_none=True, max_length=500, lines=True)

    @validates("order_ids")
    def each_order_once(self, value: list[uuid.UUID], **_: Any) -> None:
        """An order named twice would be paid twice."""
        _no_repeats(value)


class Rejection(Schema):
    """B10: why a settlement is rejected."""

    reason = fields.String(required=True, min_length=1, max_length=500, lines=True)


class ReceivingArgs(Schema):
    """The orders to be paid: `order_ids=a,b` or the parameter repeated."""

    order_ids = fields.List(fields.Uuid(), required=True, min_items=1, max_items=MOST_ORDERS)

    @pre_load
    def split(self, data: Any, **_: Any) -> dict[str, Any]:
        """Take both ways of writing a list in a query."""
        found = dict(data)
        if "order_ids" in data:
            given = data.getlist("order_ids") if hasattr(data, "getlist") else data["order_ids"]
            parts = [given] if isinstance(given, str) else list(given)
            found["order_ids"] = [key for part in parts for key in str(part).split(",")]
        return found

    @validates("order_ids")
    def each_order_once(self, value: list[uuid.UUID], **_: Any) -> None:
        """As in the settlement itself."""
        _no_repeats(value)


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

    file = ma.Raw(
        required=True,
        error_messages={"required": "必填"},
        metadata={"type": "string", "format": "binary"},
    )


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
