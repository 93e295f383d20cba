"""Single statements that PostgreSQL commits by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from bakery.app import Loaf, db
from chassis.db import autocommit, make_engine, make_sessions, transaction
from chassis.ids import new_id

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def sessions(committed):
    """With one connection, which everything here goes through in turn."""
    engine = make_engine(committed.settings.database_url, pool_size=1, max_overflow=0)
    yield make_sessions(db, engine)
    engine.dispose()


def loaf(price_fen: int = 0) -> Loaf:
    return Loaf(name=str(new_id()), price_fen=price_fen, bakery_id=new_id(), created_at=NOW, updated_at=NOW)


def add(sessions, row: Loaf, *, then: int = 1) -> None:
    with sessions() as session, transaction(session):
        session.add(row)
        session.flush()
        1 // then


def break_off(sessions) -> None:
    with pytest.raises(ZeroDivisionError):
        add(sessions, loaf(), then=0)


def there_are(sessions) -> int:
    with sessions() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Loaf))


def test_a_statement_inside_stands_whatever_comes_after_it(sessions, backend):
    with autocommit():
        break_off(sessions)
    assert there_are(sessions) == (1 if backend == "postgres" else 0)


def test_the_next_transaction_on_the_same_connection_is_whole_again(sessions, backend):
    with autocommit():
        break_off(sessions)
    before = there_are(sessions)
    break_off(sessions)
    assert there_are(sessions) == before


def test_a_statement_that_fails_inside_leaves_nothing_and_the_connection_good(sessions):
    with autocommit(), pytest.raises(sa.exc.IntegrityError):
        add(sessions, loaf(price_fen=-1))
    with autocommit():
        add(sessions, loaf())
    assert there_are(sessions) == 1


@pytest.mark.parametrize("backend", ["postgres"])
def test_a_connection_that_was_told_to_commit_each_statement_goes_on_doing_so(committed, backend):
    engine = make_engine(committed.settings.database_url, isolation_level="AUTOCOMMIT")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("SELECT 1"))
        assert connection.connection.dbapi_connection.autocommit is True
    engine.dispose()
