"""One queue as one SQLite file."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from bus.doorbell import ring
from bus.transport.base import Message

_TABLES = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    type TEXT NOT NULL,
    body BLOB NOT NULL,
    headers TEXT NOT NULL,
    visible_at REAL NOT NULL,
    delay REAL NOT NULL DEFAULT 0,
    taken_by TEXT,
    taken_at REAL,
    deliveries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS messages_free ON messages (id) WHERE taken_by IS NULL;
CREATE INDEX IF NOT EXISTS messages_taken ON messages (taken_by) WHERE taken_by IS NOT NULL;
CREATE TABLE IF NOT EXISTS dead (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    type TEXT NOT NULL,
    body BLOB NOT NULL,
    headers TEXT NOT NULL
);
"""


VISIBLE = "taken_by IS NULL AND (visible_at <= :now OR visible_at > :now + delay)"
"""Which messages may be taken at `now`, by `moment`. A time further away than the whole delay is of another boot of
the machine, whose clock began anew: such a message has waited long enough."""


def moment() -> float:
    """Seconds by the machine's steady clock, the same in all its processes: setting the time of day moves no wait."""
    return time.monotonic()


class QueueFile:
    """A connection to the file of one queue; its methods may be called from several threads.

    `synchronous=FULL` where a lost write is a lost message. Taking and acknowledging may use NORMAL: what
    a power cut undoes there is only delivered again, and the inbox knows it.
    """

    def __init__(self, *, folder: Path, queue: str, synchronous: Literal["FULL", "NORMAL"]) -> None:
        """Opens the file and makes it when it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{queue}.sqlite3"
        self.bell = f"queue:{self.path.resolve()}"
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            self.path, timeout=20, isolation_level=None, check_same_thread=False
        )
        try:
            self._prepare(synchronous)
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self, synchronous: str) -> None:
        self._switch_to_wal()
        self._connection.execute(f"PRAGMA synchronous={synchronous}")
        with self.writing() as connection:
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            if "delay" not in {row[1] for row in connection.execute("PRAGMA table_info(messages)")}:
                # A file of an older release, whose times are of the wall clock: its messages are due at once.
                connection.execute("ALTER TABLE messages ADD COLUMN delay REAL NOT NULL DEFAULT 0")

    def _switch_to_wal(self) -> None:
        """Of two processes that open a new file at once SQLite refuses one immediately, whatever its time-out says;
        a moment later that one finds the switch made."""
        for pause in (0.01, 0.05, 0.2, 0.5, 1.0, 2.0):
            try:
                self._connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError:
                threading.Event().wait(pause)
            else:
                return
        self._connection.execute("PRAGMA journal_mode=WAL")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One writing transaction."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has ended it already
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Looking, without the write lock."""
        with self._lock:
            yield self._connection

    def one(self, statement: str, values: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row."""
        with self._lock:
            return self._connection.execute(statement, values or {}).fetchone()[0]

    def put(self, messages: Sequence[Message], *, after: float = 0) -> None:
        """Append, to be seen after so many seconds, and wake who waits. What need not wait has no time at all."""
        visible_at = moment() + after if after else 0.0
        with self.writing() as connection:
            connection.executemany(
                "INSERT INTO messages (message_id, type, body, headers, visible_at, delay)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [(*row_of(message), visible_at, after) for message in messages],
            )
        ring(self.bell)

    def bury(self, message: Message) -> None:
        """Append to the dead letters."""
        with self.writing() as connection:
            connection.execute(
                "INSERT INTO dead (message_id, type, body, headers) VALUES (?, ?, ?, ?)", row_of(message)
            )

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()


def row_of(message: Message) -> tuple[str, str, bytes, str]:
    """The stored form."""
    return str(message.id), message.type, message.body, json.dumps(dict(message.headers))


def message_of(row: Sequence[Any]) -> Message:
    """Back from message_id, type, body, headers."""
    return Message(id=UUID(row[0]), type=row[1], body=bytes(row[2]), headers=json.loads(row[3]))
