"""Connections of PostgreSQL that come from the pool: trusted without a question, replaced when they are dead."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from chassis.db import idle, make_engine


@pytest.fixture
def backend():
    """A file has no peer that goes away."""
    return "postgres"


@pytest.fixture
def engine(committed):
    made = make_engine(committed.settings.database_url)
    yield made
    made.dispose()


@pytest.fixture
def pings(engine, monkeypatch):
    """How often the server was asked."""
    asked, ask = [], engine.dialect.do_ping
    monkeypatch.setattr(engine.dialect, "do_ping", lambda each: asked.append(each) or ask(each))
    return asked


def pid(engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(sa.text("SELECT pg_backend_pid()"))


def end(engine, *pids: int) -> None:
    """Have the server end sessions of the pool, and wait until they are gone."""
    with sa.create_engine(engine.url, poolclass=sa.pool.NullPool).connect() as other:
        for each in pids:
            other.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": each})


def test_a_connection_in_use_is_not_asked_each_time(engine, pings):
    assert len({pid(engine) for _ in range(5)}) == 1
    assert pings == []


def test_a_session_that_the_server_ended_is_replaced_before_anybody_notices(engine, pings):
    with engine.connect() as one, engine.connect() as two:
        pids = [each.scalar(sa.text("SELECT pg_backend_pid()")) for each in (one, two)]
    end(engine, *pids)
    assert pid(engine) not in pids
    assert pid(engine) not in pids
    assert len(pings) == 1  # the first that was dead spoke for all


def test_what_was_idle_for_long_is_asked(engine, pings, monkeypatch):
    before = pid(engine)
    monkeypatch.setattr(idle, "LONG", 0.0)
    assert pid(engine) == before
    assert len(pings) == 1


def test_a_connection_that_was_closed_underneath_is_replaced(engine, pings):
    with engine.connect() as connection:
        before = connection.scalar(sa.text("SELECT pg_backend_pid()"))
        driver = connection.connection.driver_connection
    driver.close()
    assert pid(engine) != before
