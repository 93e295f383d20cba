"""Shards of the outbox, each held by one relay at a time, and the way to wait for new rows.

PostgreSQL: advisory locks on the very session that reads and removes the rows, so that a relay which lost
its session can do neither. SQLite: one relay, which holds a locked file beside the database.
"""

from __future__ import annotations

import fcntl
import os
import select
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import sqlalchemy as sa
from chassis.db import DatabaseError
from sqlalchemy.engine import Connection, Engine

from bus.doorbell import Doorbell
from bus.wakeup import CHANNEL, bell_of

_LOCK_CLASS = 0x6B61696B  # "kaik": apart from other uses of advisory locks in the same database


class Shards(Protocol):
    """What a relay holds; made by `open_shards`, for one thread."""

    connection: Connection

    def acquire(self) -> Sequence[int]:
        """Take what is free; all that are held now."""

    def wait(self, timeout: float) -> None:
        """Until something was announced, or interrupt(), or the time is over."""

    def interrupt(self) -> None:
        """Make wait() return; from any thread."""

    def close(self) -> None:
        """Give all back."""


def open_shards(engine: Engine, wanted: Sequence[int]) -> Shards:
    """The kind that fits the database."""
    if engine.dialect.name == "postgresql":
        return PostgresShards(engine, wanted)
    return SqliteShards(engine, wanted)


class PostgresShards:
    """Advisory locks of one session, which also listens."""

    def __init__(self, engine: Engine, wanted: Sequence[int]) -> None:
        """Opens the session. It must not go through a transaction pooler.

        Each of its statements commits by itself, and no removal waits for the disk: what a crash of the server
        brings back is only sent again, and each inbox knows it.
        """
        self.connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._free = list(wanted)
        self._held: list[int] = []
        self._noticed = False
        self._driver = cast("Any", self.connection.connection.driver_connection)
        self._driver.add_notify_handler(self._notice)
        self._wake_out, self._wake_in = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            with self.connection.begin():
                self.connection.exec_driver_sql("SET synchronous_commit TO off")
                self.connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        except DatabaseError:
            self.close()
            raise

    def acquire(self) -> Sequence[int]:
        """Try those that another relay held the last time."""
        if self._free:
            with self.connection.begin():
                for shard in list(self._free):
                    if self.connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LOCK_CLASS, shard))):
                        self._free.remove(shard)
                        self._held.append(shard)
        return self._held

    def wait(self, timeout: float) -> None:
        """Sleep on the session's socket. Raises the driver's own error where the session is over."""
        if not self._noticed:
            session = self._driver.fileno()
            waiting = select.poll()
            for descriptor in (session, self._wake_out):
                waiting.register(descriptor, select.POLLIN)
            readable = {descriptor for descriptor, _ in waiting.poll(max(timeout, 0) * 1000)}
            if self._wake_out in readable:
                os.read(self._wake_out, 64)
            if session in readable:
                self._driver.pgconn.consume_input()
                while self._driver.pgconn.notifies():
                    pass
        self._noticed = False

    def interrupt(self) -> None:
        """A byte into the pipe beside the socket."""
        os.write(self._wake_in, b"!")

    def close(self) -> None:
        """End the session itself: going back to the pool it would keep its locks."""
        try:
            self.connection.invalidate()
            self.connection.close()
        finally:
            os.close(self._wake_in)
            os.close(self._wake_out)

    def _notice(self, _notify: object) -> None:
        self._noticed = True  # it came while a statement ran: the socket will not tell again


class SqliteShards:
    """All or nothing, by a locked file beside the database."""

    def __init__(self, engine: Engine, wanted: Sequence[int]) -> None:
        """Opens; `acquire` locks."""
        path = Path(f"{engine.url.database}.relay.lock")
        self.connection = engine.connect()
        self._wanted = list(wanted)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._locked = False
        self._bell = Doorbell(bell_of(engine))

    def acquire(self) -> Sequence[int]:
        """Try the lock."""
        if not self._locked:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return ()
            self._locked = True
        return self._wanted

    def wait(self, timeout: float) -> None:
        """Sleep on the bell."""
        self._bell.wait(timeout)

    def interrupt(self) -> None:
        """Ring our own bell."""
        self._bell.ring()

    def close(self) -> None:
        """Unlock, whatever else fails: a lock that stays keeps this very process out."""
        try:
            self.connection.close()
        finally:
            os.close(self._file)
            self._bell.close()
