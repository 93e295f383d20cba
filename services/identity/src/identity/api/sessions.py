"""Signing in and out: cookies for browsers, tokens for programs, SMS codes."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from types import SimpleNamespace
from typing import Any

from chassis import clock
from chassis.errors import NotFound, TooMany, Unauthenticated
from chassis.papers import Signer
from chassis.web import Blueprint, current_actor, refuses, runtime
from chassis.web.addresses import address_of_client
from chassis.web.auth import actor_or_none, check_account
from chassis.web.permissions import SignInNeeded
from chassis.web.problems import problem
from flask import request

from identity.actions import sessions
from identity.actions.access_token import client_access_token
from identity.actions.clients import client_with
from identity.actions.senders import EmbeddedSender
from identity.actions.sign_in import WrongCredentials, sign_in_by_code, sign_in_by_password
from identity.actions.sms_codes import send_code
from identity.api.requesting import (
    code_sent,
    device,
    device_cookie,
    give_cookies,
    refresh_cookie,
    take_cookies,
)
from identity.config import code_key, hashing, sender
from identity.models import Account
from identity.queries.development import newest_messages
from identity.queries.sessions import account_of_session
from identity.rules.names import normal_mobile
from identity.rules.roles import roles_of_session
from identity.rules.sessions import ACCESS_SECONDS
from identity.schemas.sign_in import (
    DevelopmentMessagesSchema,
    SessionSchema,
    SignInRequest,
    SmsCodeRequest,
    SmsCodeSent,
    TokenRequest,
    TokensSchema,
)

blp = Blueprint("sessions", "identity", description="Signing in and out")


class NotHere(NotFound):
    """The development page exists in development only."""

    code = "identity.dev.not_here"
    title = "地址不存在"
    next_step = "请检查网址是否正确。"


@blp.route("/session", methods=["POST"])
@refuses(TooMany, Unauthenticated)
@blp.arguments(SignInRequest)
@blp.response(200, SessionSchema)
def sign_in(said: dict[str, str]) -> Any:
    """Sign in by password, or a learner by SMS code (K15); the first time makes the learner's account. A code gives
    the learner's role alone: staff who are also learners sign in by password for the rest.

    The tokens are set as HttpOnly cookies: access for 300 s, refresh for this one path. Wrong tries are counted
    per account and per address; the answer never says which part was wrong.
    """
    with _place_for(said):
        account = _account_with(said)
        if account is None:
            return problem(WrongCredentials())
        tokens = _begun(account, said, bound=True)
    give_cookies(tokens)
    return _signed_in(account, by_code=tokens.by_code, expires_in=tokens.expires_in)


@blp.route("/session", methods=["GET"])
@blp.response(200, SessionSchema)
def get_session() -> Any:
    """Who is signed in, looked up now: a session that has ended or a disabled account answers 401."""
    actor = current_actor()
    found = account_of_session(runtime().session, account_id=actor.account_id, sign_in_id=actor.session_id)
    if found is None:
        raise SignInNeeded
    account, by_code = found
    left = (actor.expires_at - clock.now()).total_seconds() if actor.expires_at else 0
    return _signed_in(account, by_code=by_code, expires_in=max(0, int(left)))


@blp.route("/session", methods=["DELETE"])
@blp.response(204)
def sign_out() -> None:
    """End the session and clear its cookies. Harmless when there is none."""
    actor = actor_or_none(strict=False)
    owner = sessions.owner_of(runtime().session, refresh_token=request.cookies.get(refresh_cookie()))
    if owner is not None:
        check_account(owner)
    sessions.sign_out(
        runtime().session,
        sign_in_id=actor.session_id if actor else None,
        refresh_token=request.cookies.get(refresh_cookie()),
        now=clock.now(),
    )
    take_cookies()


@blp.route("/session/refresh", methods=["POST"])
@refuses(Unauthenticated)
@blp.response(200, SessionSchema)
def refresh_session() -> Any:
    """New cookies for the refresh cookie, which works once; for two minutes a lost answer may be asked for again, and
    is the same. One that comes back after that, after its successor was used, or from another browser ends the session.
    """
    tokens = _refreshed(
        request.cookies.get(refresh_cookie(), ""), device_secret=request.cookies.get(device_cookie())
    )
    if tokens is None:
        take_cookies()
        return problem(sessions.RefreshRefused())
    give_cookies(tokens)
    return _signed_in(tokens.account, by_code=tokens.by_code, expires_in=tokens.expires_in)


@blp.route("/tokens", methods=["POST"])
@refuses(TooMany, Unauthenticated)
@blp.arguments(TokenRequest)
@blp.response(200, TokensSchema)
def create_tokens(said: dict[str, str]) -> Any:
    """Bearer tokens for programs, by password, SMS code, refresh token or a dealer's client credentials (B15)."""
    if said["grant_type"] == "client_credentials":
        return _client_tokens(said)
    if said["grant_type"] == "refresh_token":
        tokens = _refreshed(said["refresh_token"], device_secret=None)
        return problem(sessions.RefreshRefused()) if tokens is None else _as_bearer(tokens)
    with _place_for(said):
        account = _account_with(said)
        if account is None:
            return problem(WrongCredentials())
        return _as_bearer(_begun(account, said, bound=False))


@blp.route("/sms-codes", methods=["POST"])
@refuses(TooMany)
@blp.arguments(SmsCodeRequest)
@blp.response(202, SmsCodeSent)
def send_sms_code(said: dict[str, str]) -> Any:
    """Send a code of six digits, good for five minutes and once. Limited per number and per address."""
    send_code(
        runtime().session,
        mobile=normal_mobile(said["mobile"]),
        address=address_of_client(),
        sender=sender(),
        key=code_key(),
        now=clock.now(),
    )
    return code_sent()


@blp.route("/dev/sms", methods=["GET"])
@refuses(NotFound)
@blp.response(200, DevelopmentMessagesSchema)
def list_development_messages() -> Any:
    """What the embedded sender would have sent, the newest first. Only in development and tests; else 404."""
    if runtime().settings.env == "production" or not isinstance(sender(), EmbeddedSender):
        raise NotHere
    return {"items": newest_messages(runtime().session)}


def _place_for(said: dict[str, str]) -> AbstractContextManager[None]:
    """A place at the password hashes for whom one will be hashed. A code needs none, and must not wait for them."""
    return hashing().place() if "password" in said else nullcontext()


def _account_with(said: dict[str, str]) -> Account | None:
    session, now = runtime().session, clock.now()
    if "code" in said:
        mobile = normal_mobile(said["mobile"])
        return sign_in_by_code(
            session, mobile=mobile, code=said["code"], address=address_of_client(), key=code_key(), now=now
        )
    return sign_in_by_password(
        session,
        typed=said["login"],
        password=said["password"],
        address=address_of_client(),
        hashing=hashing(),
        key=code_key(),
        now=now,
    )


def _begun(account: Account, said: dict[str, str], *, bound: bool) -> sessions.Tokens:
    return sessions.begin(
        runtime().session,
        account,
        by_code="code" in said,
        device=device(),
        bound=bound,
        signer=_signer(),
        now=clock.now(),
    )


def _signed_in(account: Account, *, by_code: bool, expires_in: int) -> dict[str, Any]:
    """The account as this session knows it."""
    roles = roles_of_session(account.roles, by_code=by_code)
    shown = {
        "id": account.id,
        "name": account.name,
        "login": account.login,
        "mobile": account.mobile,
        "roles": roles,
        "provider_id": None if by_code else account.provider_id,
        "dealer_id": None if by_code else account.dealer_id,
        "password_hash": account.password_hash,
        "version": account.version,
    }
    more = by_code and len(roles) < len(account.roles)
    return {"account": SimpleNamespace(**shown), "password_gives_more": more, "expires_in": expires_in}


def _refreshed(token: str, *, device_secret: str | None) -> sessions.Tokens | None:
    return sessions.refresh(
        runtime().session,
        token,
        device_secret=device_secret,
        key=code_key(),
        signer=_signer(),
        now=clock.now(),
    )


def _client_tokens(said: dict[str, str]) -> Any:
    client = client_with(
        runtime().session,
        client_id=said["client_id"],
        secret=said["client_secret"],
        address=address_of_client(),
        key=code_key(),
        now=clock.now(),
    )
    if client is None:
        return problem(WrongCredentials())
    token = client_access_token(client, signer=_signer(), now=clock.now())
    return {
        "access_token": token,
        "refresh_token": None,
        "expires_in": ACCESS_SECONDS,
        "token_type": "Bearer",
    }


def _as_bearer(tokens: sessions.Tokens) -> dict[str, Any]:
    return {
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "expires_in": tokens.expires_in,
        "token_type": "Bearer",
    }


def _signer() -> Signer:
    signer = runtime().signer
    assert signer is not None  # SERVICE.issues_papers
    return signer
