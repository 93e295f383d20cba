"""How long a process waits for PostgreSQL: for one that runs, and for one that stands still."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import psutil
import pytest
import sqlalchemy as sa
from chassis.config import with_driver
from chassis.db import is_away, make_engine
from chassis.db.patience import REQUEST, WORK, Patience
from suite.backends import LocalPostgres

SHORT = Patience(statement=1, lock=1, idle=1, answer=1.5)


class Freezable(LocalPostgres):
    """One whose sessions stand still with it."""

    def signal_all(self, sign: signal.Signals) -> None:
        """To the server and to each of its sessions, which are in groups of their own."""
        parent = psutil.Process(self.program.popen.pid)
        for process in [parent, *parent.children(recursive=True)]:
            process.send_signal(sign)


@pytest.fixture(scope="module")
def server() -> Iterator[Freezable]:
    """A PostgreSQL of this module's own, to be frozen."""
    own = Freezable()
    yield own
    own.close()


def test_a_server_that_stands_still_holds_nobody_and_serves_again_when_it_goes_on(server: Freezable) -> None:
    engine = make_engine(with_driver(server.url), patience=SHORT)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1
        server.signal_all(signal.SIGSTOP)
        try:
            with pytest.raises(sa.exc.OperationalError) as told:
                connection.scalar(sa.text("SELECT 1"))
        finally:
            server.signal_all(signal.SIGCONT)
    assert is_away(told.value)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1
    engine.dispose()


@pytest.mark.parametrize("patience", [REQUEST, WORK], ids=["request", "work"])
def test_each_kind_of_process_tells_the_server_its_limits(server: Freezable, patience: Patience) -> None:
    engine = make_engine(with_driver(server.url), patience=patience)
    with engine.connect() as connection:
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        told = [
            connection.scalar(sa.text(f"SELECT setting FROM pg_settings WHERE name = '{name}'"))
            for name in names
        ]
    engine.dispose()
    assert told == [str(seconds * 1000) for seconds in (patience.statement, patience.lock, patience.idle)]
    assert patience.lock < patience.statement < patience.answer


def test_whoever_waits_for_an_answer_waits_less_than_whoever_works() -> None:
    assert (REQUEST.statement, REQUEST.answer) < (WORK.statement, WORK.answer)
