"""The W3C trace context that follows an event across the bus."""

from __future__ import annotations

import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")

_current: ContextVar[str | None] = ContextVar("bus_traceparent", default=None)


def current() -> str | None:
    """The traceparent to save with an announcement: OpenTelemetry's when it runs, else the one set here."""
    return _from_telemetry() or _current.get()


@contextmanager
def following(traceparent: str | None) -> Iterator[None]:
    """What is announced inside belongs to the same trace as the event or request that caused it."""
    usable = traceparent if traceparent and TRACEPARENT.fullmatch(traceparent) else fresh()
    token = _current.set(usable)
    try:
        with _span_under(usable):
            yield
    finally:
        _current.reset(token)


def fresh() -> str:
    """A new trace of its own."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def _telemetry_runs() -> bool:
    """Whether this process exports spans: else asking OpenTelemetry would cost as much as handling the event."""
    telemetry = sys.modules.get("opentelemetry.trace")
    if telemetry is None:
        return False
    return not isinstance(telemetry.get_tracer_provider(), telemetry.ProxyTracerProvider)


def _span_under(traceparent: str) -> AbstractContextManager[Any]:
    """A span of OpenTelemetry below the one that caused the event; nothing where it does not run."""
    if not _telemetry_runs():
        return nullcontext()
    from opentelemetry import trace
    from opentelemetry.propagate import extract

    parent = extract({"traceparent": traceparent})
    return trace.get_tracer("kaike.bus").start_as_current_span("handle event", context=parent)


def _from_telemetry() -> str | None:
    if not _telemetry_runs():
        return None
    from opentelemetry.propagate import inject

    carrier: dict[str, str] = {}
    inject(carrier)
    return carrier.get("traceparent")
