"""Who is asking: the access token from the Authorization header or the cookie, verified by its signature."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import g, request

from chassis import clock
from chassis.errors import Forbidden
from chassis.papers import BadPaper
from chassis.web.permissions import SignInNeeded
from chassis.web.runtime import runtime

SAFE = {"GET", "HEAD", "OPTIONS"}


class ForeignOrigin(Forbidden):
    """A write that another site's page made the browser send."""

    code = "auth.foreign_origin"
    title = "请求来源不被允许"
    next_step = "请从本平台的页面上操作。"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The account behind a request, as its access token says."""

    account_id: uuid.UUID
    name: str
    roles: frozenset[str]
    provider_id: uuid.UUID | None = None
    dealer_id: uuid.UUID | None = None
    session_id: uuid.UUID | None = None

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
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        token = header[7:].strip()
    else:
        token = request.cookies.get(access_cookie(tls=runtime().settings.tls), "")
        if token and request.method not in SAFE:
            _check_origin()
    if not token:
        return None
    return actor_from(runtime().papers.read(token, typ="access", issuer="identity", now=clock.now()))


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
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BadPaper("claims") from error


def _uuid(value: str | None) -> uuid.UUID | None:
    return uuid.UUID(value) if value else None


def _check_origin() -> None:
    """A browser sends Origin with every write; a cookie is only good from our own pages."""
    origin = request.headers.get("Origin")
    if origin is None:
        if request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}:
            return
        raise ForeignOrigin
    own = {request.host}
    if runtime().settings.public_url:
        own.add(urlsplit(runtime().settings.public_url or "").netloc)
    if request.headers.get("X-Forwarded-Host"):
        own.add(request.headers["X-Forwarded-Host"])
    if urlsplit(origin).netloc not in own:
        raise ForeignOrigin
