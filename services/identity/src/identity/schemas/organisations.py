"""Providers, dealers and dealers' programs."""

from __future__ import annotations

from chassis.typed import spaced_number
from chassis.web import PageArgs, Schema, fields
from marshmallow import validate


class ProviderChange(Schema):
    """A provider. `account_name`, the payer's name on its bank account (B7), is the registered name when left out."""

    name = fields.String(required=True, min_length=2, max_length=100)
    account_name = fields.String(load_default=None, allow_none=True, max_length=100)
    dealer_id = fields.Uuid(required=True)


class ProviderEdit(ProviderChange):
    """The same, and on or off."""

    active = fields.Boolean(required=True)


class ProviderSchema(Schema):
    """A provider as it is."""

    id = fields.Uuid(required=True)
    code = fields.String(
        required=True, metadata={"description": "six digits, assigned serially", "example": "000240"}
    )
    name = fields.String(required=True)
    account_name = fields.String(required=True)
    dealer_id = fields.Uuid(required=True)
    active = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class DealerChange(Schema):
    """A dealer with its receiving account and business contact."""

    name = fields.String(required=True, min_length=2, max_length=100)
    bank_account_name = fields.String(required=True, min_length=2, max_length=100)
    bank_name = fields.String(required=True, min_length=2, max_length=100)
    bank_account_number = fields.Number(
        required=True,
        max_length=32,
        read=spaced_number,
        validate=validate.Regexp(r"[0-9]([0-9 -]{4,30})[0-9]$", error="须为银行账号，只含数字、空格或连字符"),
    )
    contact_name = fields.String(required=True, min_length=1, max_length=50)
    contact_phone = fields.Number(
        required=True,
        max_length=30,
        read=spaced_number,
        validate=validate.Regexp(r"\+?[0-9][0-9 ()-]{4,28}$", error="须为电话号码"),
    )


class DealerEdit(DealerChange):
    """The same, and on or off."""

    active = fields.Boolean(required=True)


class DealerSchema(Schema):
    """A dealer as it is."""

    id = fields.Uuid(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    bank_account_name = fields.String(required=True)
    bank_name = fields.String(required=True)
    bank_account_number = fields.String(required=True)
    contact_name = fields.String(required=True)
    contact_phone = fields.String(required=True)
    active = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class ProviderFilters(PageArgs):
    """Narrow the list. `text` finds in names, and a whole code."""

    text = fields.String(max_length=50)
    active = fields.QueryBoolean()
    dealer_id = fields.Uuid()


class DealerFilters(PageArgs):
    """Narrow the list. `text` finds in names, and a whole code."""

    text = fields.String(max_length=50)
    active = fields.QueryBoolean()


class NewClient(Schema):
    """A program of a dealer."""

    name = fields.String(required=True, min_length=1, max_length=50)


class ClientSchema(Schema):
    """A program; `id` is its client id."""

    id = fields.Uuid(required=True)
    name = fields.String(required=True)
    created_at = fields.Moment(required=True)
    revoked_at = fields.Moment(required=True, allow_none=True)


class ClientWithSecret(ClientSchema):
    """Just made: the only time that the secret is shown."""

    client_secret = fields.String(required=True)


class ClientsSchema(Schema):
    """All programs of a dealer, at most a few dozen."""

    items = fields.List(fields.Nested(ClientSchema), required=True)
