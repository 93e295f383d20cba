"""Limits per client address on the doors that are knocked on by guessing."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from chassis.errors import TooMany
from chassis.web.addresses import counted_as
from chassis.web.problems import problem
from flask import Flask, Response
from flask_limiter import Limiter, RateLimitExceeded

from edge.config import EdgeSettings
from edge.proxy import client, forward

# (name of the limit, path, service): POST only; other methods of these paths go the usual way.
LIMITED = (
    ("sign_in", "/api/v1/identity/session", "identity"),
    ("sign_in", "/api/v1/identity/tokens", "identity"),
    ("sms", "/api/v1/identity/sms-codes", "identity"),
    ("join", "/api/v1/classroom/joins", "classroom"),
)


class TooOften(TooMany):
    """More knocks from one address than people make."""

    code = "gateway.rate.too_often"
    title = "操作过于频繁"
    next_step = "请在提示的时间之后再试。"


def register_rates(app: Flask, settings: EdgeSettings) -> None:
    """Put the limited doors before the general one. All paths of one limit share its count."""
    limiter = Limiter(
        lambda: counted_as(client()),
        storage_uri=settings.rate_storage,
        strategy="moving-window",
        headers_enabled=False,
        app=app,
    )
    for name, path, service in LIMITED:
        limit = limiter.shared_limit(settings.rates[name], scope=name)
        view: Callable[[], Response] = limit(
            _door(service, f"limited_{path.rsplit('/', 1)[-1].replace('-', '_')}")
        )
        app.add_url_rule(path, view.__name__, view, methods=["POST"])

    @app.errorhandler(RateLimitExceeded)
    def too_often(_error: RateLimitExceeded) -> Response:
        """429 with the seconds until there is room again."""
        current = limiter.current_limit
        wait = math.ceil(current.reset_at - time.time()) if current else 60
        return problem(TooOften(retry_after=max(1, wait)))


def _door(service: str, name: str) -> Callable[[], Response]:
    def view() -> Response:
        return forward(service)

    view.__name__ = name
    return view
