"""Limits per client address on the doors that are knocked on by guessing."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext

from chassis.errors import TooMany
from flask import Flask, Response
from limits import RateLimitItem, parse_many
from limits.strategies import MovingWindowRateLimiter

from edge.callers import counted_address
from edge.config import EdgeSettings
from edge.line import Line
from edge.proxy import Turn, forward
from edge.windows import moving_windows

# (name of the limit, path, service): POST only; other methods of these paths go the usual way.
LIMITED = (
    ("sign_in", "/api/v1/identity/session", "identity"),
    ("sign_in", "/api/v1/identity/tokens", "identity"),
    ("sms", "/api/v1/identity/sms-codes", "identity"),
    ("join", "/api/v1/classroom/joins", "classroom"),
    ("client_error", "/api/v1/identity/client-errors", "identity"),
)


class TooOften(TooMany):
    """More knocks from one address than people make."""

    code = "gateway.rate.too_often"
    title = "操作过于频繁"
    next_step = "请在提示的时间之后再试。"


def register_rates(app: Flask, settings: EdgeSettings) -> None:
    """Put the limited doors before the general one. All paths of one limit share its count; those of signing in share
    one admission queue too."""
    counts = moving_windows(settings.rate_storage)
    line = Line(at_once=settings.sign_ins_at_once, waiting=settings.sign_in_line)
    app.extensions["edge.line"] = line
    for name, path, service in LIMITED:
        turn = line.turn if name == "sign_in" else nullcontext
        view = _door(service, counts, name=name, limits=parse_many(settings.rates[name]), turn=turn)
        view.__name__ = f"limited_{path.rsplit('/', 1)[-1].replace('-', '_')}"
        app.add_url_rule(path, view.__name__, view, methods=["POST"])


def _door(
    service: str, counts: MovingWindowRateLimiter, *, name: str, limits: Sequence[RateLimitItem], turn: Turn
) -> Callable[[], Response]:
    def view() -> Response:
        """429 with the seconds until there is room again, for who has knocked too often."""
        address = counted_address()
        for limit in limits:
            if not counts.hit(limit, name, address):
                until = counts.get_window_stats(limit, name, address).reset_time
                raise TooOften(retry_after=max(1, math.ceil(until - time.time())))
        return forward(service, turn=turn)

    return view
