"""The ledger (B9, B16)."""

from __future__ import annotations

from chassis.web import KeyArgs, PageArgs, Schema, fields

from billing.schemas.orders import SourceOut

ACCOUNT_KINDS = ("receivable", "revenue", "bank", "prepaid")


class LedgerArgs(KeyArgs):
    """Filters of the movements."""

    order_id = fields.Uuid(load_default=None)
    provider_id = fields.Uuid(load_default=None)


class BalanceArgs(PageArgs):
    """Balances come in numbered pages."""


class BalanceOut(Schema):
    """An account of the book between a provider and a dealer, with its balance."""

    provider_id = fields.Uuid(required=True)
    provider_name = fields.String(required=True, allow_none=True)
    dealer_id = fields.Uuid(required=True)
    dealer_name = fields.String(required=True, allow_none=True)
    kind = fields.Enum(ACCOUNT_KINDS, required=True)
    balance = fields.Money(required=True)


class MovementOut(Schema):
    """One entry: `amount` from the credited to the debited account, and what made it."""

    id = fields.Uuid(required=True)
    at = fields.Moment(required=True)
    kind = fields.Enum(("class", "waiver", "refund", "bank_payment"), required=True)
    debit = fields.Enum(ACCOUNT_KINDS, required=True)
    credit = fields.Enum(ACCOUNT_KINDS, required=True)
    amount = fields.Money(required=True)
    order_id = fields.Uuid(required=True)
    order_number = fields.String(required=True)
    source = fields.Nested(SourceOut, required=True)
