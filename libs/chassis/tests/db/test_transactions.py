"""The one commit, and concurrent writers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from bakery.app import Loaf
from chassis.db import after_commit, locked, transaction
from chassis.ids import new_id
from chassis.testing import race

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def loaf(**said):
    return Loaf(
        **{"name": "x", "price_fen": 0, "bakery_id": new_id(), "created_at": NOW, "updated_at": NOW, **said}
    )


def test_hooks_run_after_the_commit_and_never_after_a_rollback(committed):
    seen = []
    with committed.sessions() as session:

        def fail():
            with transaction(session):
                after_commit(session, lambda: seen.append("lost"))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        with transaction(session):
            after_commit(session, lambda: seen.append("kept"))
            assert seen == []
    assert seen == ["kept"]


def test_concurrent_read_modify_write_under_lock_loses_nothing(committed):
    with committed.sessions() as session, transaction(session):
        row = loaf()
        session.add(row)
        session.flush()
        row_id = row.id

    def add():
        for _ in range(10):
            with committed.sessions() as session, transaction(session):
                found = locked(session, Loaf, row_id)
                found.price_fen += 1

    assert race(add, add, add) == [None, None, None]
    with committed.sessions() as session:
        assert session.scalar(sa.select(Loaf.price_fen)) == 30


def test_a_row_read_before_it_was_locked_is_read_again_as_it_is_now(committed):
    with committed.sessions() as session, transaction(session):
        row = loaf()
        session.add(row)
        session.flush()
        row_id = row.id

    def add():
        with committed.sessions() as session, transaction(session):
            session.get(Loaf, row_id)
            locked(session, Loaf, row_id).price_fen += 1

    assert race(add, add, add, add) == [None] * 4
    with committed.sessions() as session:
        assert session.scalar(sa.select(Loaf.price_fen)) == 4


def test_moments_come_back_aware_and_in_utc(session):
    row = loaf(created_at=datetime.fromisoformat("2026-01-01T08:00:00+08:00"))
    session.add(row)
    session.flush()
    session.expire_all()
    assert session.scalar(sa.select(Loaf.created_at)) == NOW
    with pytest.raises(sa.exc.StatementError, match="naive"):
        session.execute(sa.select(Loaf).where(Loaf.created_at > datetime(2026, 1, 1)))  # noqa: DTZ001
