"""What the endpoints need to know of a request, and the cookies that they answer with."""

from __future__ import annotations

from typing import Any

from chassis.web import current_actor, runtime
from chassis.web.auth import access_cookie
from flask import Response, after_this_request, request

from identity.actions.accounts import Manager
from identity.actions.sessions import Tokens
from identity.rules.sessions import ACCESS_SECONDS, REFRESH_LIFETIME
from identity.rules.sms_codes import LIFETIME, PAUSE

REFRESH_PATH = "/api/v1/identity/session"


def code_sent() -> dict[str, int]:
    """The answer when a code is on its way."""
    return {"expires_in": int(LIFETIME.total_seconds()), "next_after": int(PAUSE.total_seconds())}


def device() -> str:
    """What the browser or program calls itself."""
    return request.headers.get("User-Agent", "")


def manager() -> Manager:
    """The actor, as one who manages accounts."""
    actor = current_actor()
    return Manager(account_id=actor.account_id, roles=actor.roles)


def refresh_cookie() -> str:
    """The name of the refresh cookie. Bound to one path it cannot be __Host-."""
    return "__Secure-kaike-refresh" if runtime().settings.tls else "kaike-refresh"


def device_cookie() -> str:
    """The name of the cookie that binds a session to its browser; it goes where the refresh cookie goes."""
    return "__Secure-kaike-device" if runtime().settings.tls else "kaike-device"


def give_cookies(tokens: Tokens) -> None:
    """Put the tokens into cookies that no script reads and no other site sends.

    All of one session at once: an answer to another tab may have put those of another account there meanwhile.
    """
    tls = runtime().settings.tls

    @after_this_request
    def give(response: Response) -> Response:
        common: dict[str, Any] = {"httponly": True, "samesite": "Strict", "secure": tls}
        response.set_cookie(
            access_cookie(tls=tls), tokens.access_token, max_age=ACCESS_SECONDS, path="/", **common
        )
        seconds = int(REFRESH_LIFETIME.total_seconds())
        bound = {"max_age": seconds, "path": REFRESH_PATH, **common}
        response.set_cookie(refresh_cookie(), tokens.refresh_token, **bound)
        if tokens.device_secret is not None:
            response.set_cookie(device_cookie(), tokens.device_secret, **bound)
        return response


def take_cookies() -> None:
    """Clear all cookies."""
    tls = runtime().settings.tls

    @after_this_request
    def take(response: Response) -> Response:
        common: dict[str, Any] = {"httponly": True, "samesite": "Strict", "secure": tls}
        response.delete_cookie(access_cookie(tls=tls), path="/", **common)
        response.delete_cookie(refresh_cookie(), path=REFRESH_PATH, **common)
        response.delete_cookie(device_cookie(), path=REFRESH_PATH, **common)
        return response
