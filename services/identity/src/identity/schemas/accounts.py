"""Accounts. A mobile number is masked in every list; only the page of one account shows the whole one."""

from __future__ import annotations

from typing import Any

import marshmallow
from chassis.web import PageArgs, Schema, fields

from identity.rules.names import masked_mobile
from identity.rules.roles import ALL_ROLES

MASKED = {"type": ["string", "null"], "example": "139****0001"}


def _masked(account: Any) -> str | None:
    return masked_mobile(account.mobile)


class AccountRow(Schema):
    """An account in a list."""

    id = fields.Uuid(required=True)
    name = fields.String(required=True)
    login = fields.String(required=True, allow_none=True)
    mobile_masked = marshmallow.fields.Function(_masked, metadata=MASKED)
    roles = fields.List(fields.Enum(ALL_ROLES), required=True)
    provider_id = fields.Uuid(required=True, allow_none=True)
    dealer_id = fields.Uuid(required=True, allow_none=True)
    active = fields.Boolean(required=True)
    created_at = fields.Moment(required=True)


class AccountSchema(AccountRow):
    """One account, for those who manage it."""

    mobile = fields.String(required=True, allow_none=True, metadata={"x-personal": True})
    version = fields.Integer(required=True)


class OwnAccountSchema(Schema):
    """One's own account."""

    id = fields.Uuid(required=True)
    name = fields.String(required=True)
    login = fields.String(required=True, allow_none=True)
    mobile_masked = marshmallow.fields.Function(_masked, metadata=MASKED)
    roles = fields.List(fields.Enum(ALL_ROLES), required=True)
    provider_id = fields.Uuid(required=True, allow_none=True)
    dealer_id = fields.Uuid(required=True, allow_none=True)
    has_password = marshmallow.fields.Function(
        lambda account: account.password_hash is not None, metadata={"type": "boolean"}
    )
    version = fields.Integer(required=True)


class OwnNameChange(Schema):
    """What one changes of oneself."""

    name = fields.String(required=True, min_length=1, max_length=50)


class AccountFilters(PageArgs):
    """Narrow the list. `text` finds in names and login names, and whole mobile numbers."""

    text = fields.String(max_length=50)
    role = fields.Enum(ALL_ROLES)
    active = fields.QueryBoolean()
    provider_id = fields.Uuid()
    dealer_id = fields.Uuid()


class AccountChange(Schema):
    """How an account should be. A provider_admin leaves provider_id and dealer_id out: the own provider is meant."""

    name = fields.String(required=True, min_length=1, max_length=50)
    login = fields.String(load_default=None, allow_none=True, max_length=50)
    mobile = fields.Number(load_default=None, allow_none=True, max_length=40)
    roles = fields.List(fields.Enum(ALL_ROLES), required=True, min_items=1, max_items=len(ALL_ROLES))
    provider_id = fields.Uuid(load_default=None, allow_none=True)
    dealer_id = fields.Uuid(load_default=None, allow_none=True)


class NewAccount(AccountChange):
    """The same with a first password; without one the account can only sign in by SMS code, as learners do."""

    password = fields.String(load_default=None, allow_none=True, max_length=200, trim=False, load_only=True)


class ActivityChange(Schema):
    """On or off."""

    active = fields.Boolean(required=True)


class PasswordSetting(Schema):
    """A password that a manager sets."""

    password = fields.String(required=True, max_length=200, trim=False, load_only=True)


class OwnPasswordChange(Schema):
    """A new password with proof: the current one, or (learners) a code by SMS."""

    current_password = fields.String(
        load_default=None, allow_none=True, max_length=200, trim=False, load_only=True
    )
    code = fields.Number(load_default=None, allow_none=True, max_length=20, load_only=True)
    new_password = fields.String(required=True, max_length=200, trim=False, load_only=True)
