"""How often a failed message is tried again, and how long its handling is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from bus.handling.inbox import KEEP, Inbox, handled, purge
from bus.policy import Policy
from bus.testing import event
from bus.trace import TRACEPARENT, current, following
from chassis.db import make_engine, make_sessions, transaction
from sqlalchemy.orm import Session, sessionmaker

NOW = datetime(2026, 11, 24, 5, 54, 35, tzinfo=UTC)


@pytest.fixture
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    from mill.app import db

    engine = make_engine(database)
    yield make_sessions(db, engine)
    engine.dispose()


def test_the_delays_are_five_seconds_a_minute_ten_minutes_and_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("KAIKE_BUS_DELAYS", raising=False)
    assert Policy().delays == (5, 60, 600, 3600)
    monkeypatch.setenv("KAIKE_BUS_DELAYS", "0.5,2")
    assert Policy().delays == (0.5, 2)


def test_the_inbox_forgets_only_what_no_replay_will_ask_for(sessions: sessionmaker[Session]) -> None:
    stone = {"stone_id": "9bfe3d4f-71df-44ff-8b12-1dd7ab7aeb5b", "speed": 1}
    old, young = (event("mill.stone.changed.v1", stone, now=NOW) for _ in range(2))
    inbox = Inbox("mill.bench")
    with sessions() as session, transaction(session):
        assert inbox.take(session, [old], now=NOW - KEEP - timedelta(seconds=1)) == [old]
        assert inbox.take(session, [young], now=NOW - KEEP + timedelta(seconds=1)) == [young]
        purge(session, NOW)
    with sessions() as session, transaction(session):
        assert handled(session, "mill.bench") == 1
        assert inbox.take(session, [old, young, old], now=NOW) == [old]
        assert Inbox("mill.other").take(session, [young], now=NOW) == [young]
        assert inbox.take(session, [], now=NOW) == []


def test_a_cause_that_is_no_trace_gets_a_new_one() -> None:
    parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    with following(parent):
        assert current() == parent
    for nonsense in (None, "", "x' OR 1=1"):
        with following(nonsense):
            assert TRACEPARENT.fullmatch(current() or "")
    assert current() is None
