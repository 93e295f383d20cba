"""Telling the relay, after the commit, that something was announced.

Never inside the business transaction: a NOTIFY there serialises all commits of the database. The notice may
be lost; the relay also looks by itself every second.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import structlog
from chassis.db import DatabaseError
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bus.doorbell import ring

CHANNEL = "kaike_outbox"
PAUSE = 0.05
"""Seconds after a notice in which no other is sent: what is announced meanwhile goes with the next."""

_NOTIFY = f"BEGIN; SET LOCAL synchronous_commit TO off; NOTIFY {CHANNEL}; COMMIT"

log = structlog.get_logger("bus.wakeup")


class Wake(Protocol):
    """A hook for `chassis.db.after_commit`; two of one database are equal, so that it rings once."""

    def __call__(self) -> None:
        """Wake the relay."""


@dataclass(frozen=True)
class PostgresWake:
    """A notice in a transaction of its own that waits for no disk."""

    engine: Engine

    def __call__(self) -> None:
        """Wake the relay, or have it woken where a messenger is there for it."""
        if _messengers:
            _messengers[-1].send(self)
        else:
            self.notify()

    def notify(self) -> None:
        """Send the notice; the business is already committed, so a failure here is only said."""
        try:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql(_NOTIFY)
        except DatabaseError as error:
            log.warning("wakeup.failed", error=type(error).__name__)


class Messenger:
    """A thread that sends the notices of this process: who announced need not ask the database once more.

    The first is sent at once; then at most one goes each `PAUSE`, however much is announced. For a process that
    answers requests: one that ends at once had better send its notice itself.
    """

    def __init__(self) -> None:
        """Takes no notices before it is started."""
        self._changed = threading.Condition()
        self._wanted: set[PostgresWake] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="wakeup", daemon=True)

    def start(self) -> None:
        """Take over the notices of this process."""
        self._thread.start()
        _messengers.append(self)

    def close(self) -> None:
        """Send what is wanted, and end."""
        _messengers.remove(self)
        self._ended.set()
        with self._changed:
            self._changed.notify()
        self._thread.join()

    def send(self, wake: PostgresWake) -> None:
        """Have the notice sent soon."""
        with self._changed:
            self._wanted.add(wake)
            self._changed.notify()

    def _run(self) -> None:
        while wanted := self._next():
            for wake in wanted:
                try:
                    wake.notify()
                except Exception:
                    log.exception("wakeup.broken")  # the next one still needs this thread
            self._ended.wait(PAUSE)

    def _next(self) -> set[PostgresWake]:
        """The notices that are wanted, waited for; none at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._wanted or self._ended.is_set())
            wanted, self._wanted = self._wanted, set()
        return wanted


_messengers: list[Messenger] = []


@dataclass(frozen=True)
class SqliteWake:
    """A datagram to the relay of this database file."""

    name: str

    def __call__(self) -> None:
        """Wake the relay."""
        ring(self.name)


def relay_of(session: Session) -> Wake:
    """The hook that wakes the relay of the database behind this session."""
    engine = session.get_bind().engine
    if engine.dialect.name == "postgresql":
        return PostgresWake(engine)
    return SqliteWake(bell_of(engine))


def bell_of(engine: Engine) -> str:
    """The name under which the relay of a SQLite database waits."""
    path = engine.url.database
    return f"relay:{Path(path).resolve() if path else id(engine)}"
