"""Signing in: sessions with cookies, tokens for programs, SMS codes."""

from __future__ import annotations

from typing import Any

from chassis.web import Schema, fields
from marshmallow import ValidationError, validates_schema

from identity.schemas.accounts import OwnAccountSchema

NEEDED = {
    "password": ("login", "password"),
    "sms_code": ("mobile", "code"),
    "refresh_token": ("refresh_token",),
    "client_credentials": ("client_id", "client_secret"),
}


def _require(data: dict[str, Any], needed: tuple[str, ...]) -> None:
    missing = {name: ["必填"] for name in needed if not data.get(name)}
    surplus = {name: ["与所选登录方式不符"] for name in data if name != "grant_type" and name not in needed}
    if missing or surplus:
        raise ValidationError({**missing, **surplus})


class SmsCodeRequest(Schema):
    """Where to send a code."""

    mobile = fields.Number(required=True, min_length=1, max_length=40)


class SmsCodeSent(Schema):
    """The code is on its way; nothing is said of whether the number has an account."""

    expires_in = fields.Integer(required=True, metadata={"description": "seconds that the code is good for"})
    next_after = fields.Integer(
        required=True, metadata={"description": "seconds until another may be asked for"}
    )


class SignInRequest(Schema):
    """Either login (a login name or a mobile number) and password, or mobile and code."""

    login = fields.String(min_length=1, max_length=100)
    password = fields.String(min_length=1, max_length=200, trim=False, load_only=True)
    mobile = fields.Number(min_length=1, max_length=40)
    code = fields.Number(min_length=1, max_length=20)

    @validates_schema
    def one_way(self, data: dict[str, Any], **_: Any) -> None:
        """One way, and that one whole."""
        _require(data, NEEDED["sms_code" if "mobile" in data or "code" in data else "password"])


class TokenRequest(Schema):
    """What is needed depends on `grant_type`."""

    grant_type = fields.Enum(tuple(NEEDED), required=True)
    login = fields.String(min_length=1, max_length=100)
    password = fields.String(min_length=1, max_length=200, trim=False, load_only=True)
    mobile = fields.Number(min_length=1, max_length=40)
    code = fields.Number(min_length=1, max_length=20)
    refresh_token = fields.String(min_length=1, max_length=200)
    client_id = fields.String(min_length=1, max_length=100)
    client_secret = fields.String(min_length=1, max_length=200, load_only=True)

    @validates_schema
    def one_grant(self, data: dict[str, Any], **_: Any) -> None:
        """Exactly what the grant needs."""
        _require(data, NEEDED[data["grant_type"]])


class SessionSchema(Schema):
    """Who is signed in, with the roles of this session; the tokens themselves are HttpOnly cookies."""

    account = fields.Nested(OwnAccountSchema, required=True)
    password_gives_more = fields.Boolean(
        required=True, metadata={"description": "opened by a code: signing in by password gives more roles"}
    )
    expires_in = fields.Integer(
        required=True, metadata={"description": "seconds until the access cookie ends"}
    )


class TokensSchema(Schema):
    """Tokens for a program. A dealer's program gets no refresh token: it asks again with its credentials."""

    access_token = fields.String(required=True, max_length=4000)
    refresh_token = fields.String(required=True, allow_none=True)
    expires_in = fields.Integer(required=True)
    token_type = fields.String(required=True)


class DevelopmentMessageSchema(Schema):
    """An SMS that was not sent."""

    mobile = fields.String(required=True)
    text = fields.String(required=True)
    code = fields.String(required=True)
    sent_at = fields.Moment(required=True)


class DevelopmentMessagesSchema(Schema):
    """The newest first."""

    items = fields.List(fields.Nested(DevelopmentMessageSchema), required=True)
