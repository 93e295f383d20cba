"""Who is asking: the access token from the Authorization header or the cookie, verified by its signature."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import g, request

from chassis import clock
from chassis.errors import Conflict, Forbidden
from chassis.papers import BadPaper
from chassis.revocations import Revocations
from chassis.web.permissions import SignInNeeded
from chassis.web.runtime import runtime

SAFE = {"GET", "HEAD", "OPTIONS"}
ACCOUNT_HEADER = "Kaike-Account"
"""For which account a page sends a request. Tabs share their cookies: another tab may have signed in as another."""


class ForeignOrigin(Forbidden):
    """A write that another site's page made the browser send."""

    code = "auth.foreign_origin"
    title = "请求来源不被允许"
    next_step = "请从本平台的页面上操作。"


class OtherAccount(Conflict):
    """The request names an account, and the token that came with it is another account's: nothing was done."""

    code = "auth.other_account"
    title = "此浏览器现在登录的是另一个账号"
    next_step = "请用原来的账号重新登录后再继续；未提交的内容仍保存在本机。"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The account behind a request, as its access token says."""

    account_id: uuid.UUID
    name: str
    roles: frozenset[str]
    provider_id: uuid.UUID | None = None
    dealer_id: uuid.UUID | None = None
    session_id: uuid.UUID | None = None
    expires_at: datetime | None = None
    """When the token ends that says all this."""

    def has(self, *roles: str) -> bool:
        """Whether the account holds any of these roles."""
        return bool(self.roles & set(roles))


def current_actor() -> Actor:
    """The account that is asking; raises SignInNeeded when nobody is."""
    actor = actor_or_none(strict=True)
    if actor is None:
        raise SignInNeeded
    return actor


def actor_or_none(*, strict: bool) -> Actor | None:
    """The account, or None without a token. A bad token raises when `strict`, else counts as none."""
    if "actor" not in g:
        try:
            g.actor = _read()
        except BadPaper:
            if strict:
                raise SignInNeeded from None
            g.actor = None
    found: Actor | None = g.actor
    return found


def access_cookie(*, tls: bool) -> str:
    """The name of the cookie that holds the access token."""
    return "__Host-kaike" if tls else "kaike"


def _read() -> Actor | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        # Without a token too: the refresh cookie may be there alone, and signing in sets cookies.
        if request.method not in SAFE:
            _check_origin()
        token = request.cookies.get(access_cookie(tls=runtime().settings.tls), "")
    token = token.strip()
    if not token:
        return None
    now = clock.now()
    claims = runtime().papers.read(token, typ="access", issuer="identity", now=now)
    actor = actor_from(claims)
    # Null for who holds no more than everybody may: those requests, the most by far, ask for no list.
    epoch = claims.get("epoch")
    if epoch is not None and _revocations().refuses(actor.account_id, epoch=epoch, now=now):
        raise BadPaper("revoked")
    check_account(actor.account_id)
    return actor


def check_account(account_id: uuid.UUID) -> None:
    """Raises OtherAccount when the request names another account than this one, whose token came with it."""
    meant_for = request.headers.get(ACCOUNT_HEADER, "").strip().lower()
    if meant_for and meant_for != str(account_id):
        raise OtherAccount


def actor_from(claims: dict[str, Any]) -> Actor:
    """The account that an access token's claims describe."""
    try:
        return Actor(
            account_id=uuid.UUID(claims["sub"]),
            name=str(claims.get("name", "")),
            roles=frozenset(claims.get("roles", ())),
            provider_id=_uuid(claims.get("provider")),
            dealer_id=_uuid(claims.get("dealer")),
            session_id=_uuid(claims.get("sid")),
            expires_at=datetime.fromtimestamp(claims["exp"], UTC),
        )
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise BadPaper("claims") from error


def _revocations() -> Revocations:
    kept: Revocations = runtime().extra("revocations", lambda _settings: Revocations(runtime().db.engine))
    return kept


def _uuid(value: str | None) -> uuid.UUID | None:
    return uuid.UUID(value) if value else None


def _check_origin() -> None:
    """A browser sends Origin with every write; what it does by its cookies is only good from our own pages.

    Our own are the host that was asked and the public address; behind TLS only in the form that nobody on the way
    can have written. A program sends no Origin.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        if request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}:
            return
        raise ForeignOrigin
    settings, said = runtime().settings, _parts(origin)
    own = {request.host, _parts(settings.public_url or "")[1]}
    if not said[1] or said[1] not in own or (settings.tls and said[0] != "https"):
        raise ForeignOrigin


def _parts(address: str) -> tuple[str, str]:
    """Scheme and host with port; two empty texts for what is no address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.scheme, parts.netloc.lower()
