"""The trace that an event belongs to, with OpenTelemetry and without."""

from __future__ import annotations

import pytest
from bus.trace import current, following
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider

PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_without_exported_spans_the_cause_itself_is_passed_on() -> None:
    with following(PARENT):
        assert current() == PARENT


def test_where_spans_are_exported_what_follows_belongs_to_the_span_of_the_handling(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", TracerProvider())
    with following(PARENT):
        handling = current()
        with trace.get_tracer("mill").start_as_current_span("grind"):
            inner = current()
    assert handling is not None
    assert inner is not None
    assert len({PARENT[:36], handling[:36], inner[:36]}) == 1  # one trace
    assert len({PARENT, handling, inner}) == 3  # three spans of it
