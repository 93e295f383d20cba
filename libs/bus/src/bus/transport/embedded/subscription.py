"""Taking from a queue's file: a message is marked as taken by a living process until it is acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog

from bus.doorbell import Doorbell
from bus.errors import BrokerGone
from bus.transport.base import Delivery
from bus.transport.embedded.owners import Owner
from bus.transport.embedded.store import VISIBLE, QueueFile, message_of, moment

LEASE_SECONDS = 1800
"""A living taker that has not finished by then hangs; brokers wait as long."""

_ANY_VISIBLE = f"SELECT EXISTS (SELECT 1 FROM messages WHERE {VISIBLE})"
_TAKE = f"""
UPDATE messages SET taken_by = :owner, taken_at = :now, deliveries = deliveries + 1
WHERE id IN (SELECT id FROM messages WHERE {VISIBLE} ORDER BY id LIMIT :limit)
RETURNING id, deliveries, message_id, type, body, headers
"""
_NEXT = "SELECT min(visible_at) FROM messages WHERE taken_by IS NULL AND visible_at > :now"
_FREE = "UPDATE messages SET taken_by = NULL, taken_at = NULL WHERE taken_by = ?"
_OTHERS = "SELECT DISTINCT taken_by FROM messages WHERE taken_by IS NOT NULL AND taken_by <> :owner"
_OVERDUE = "taken_by IS NOT NULL AND taken_by <> :owner AND taken_at < :overdue"

log = structlog.get_logger("bus.embedded")


class EmbeddedSubscription:
    """One taker."""

    def __init__(self, *, folder: Path, queue: str) -> None:
        """Frees at once what dead takers have left."""
        self._folder = folder
        self._queue = queue
        self._owner = Owner(folder)
        self._file: QueueFile | None = QueueFile(folder=folder, queue=queue, synchronous="NORMAL")
        self._bell = Doorbell(self._file.bell)
        self._free_abandoned(self._file)

    @property
    def ready(self) -> bool:
        """Whether its file could be read and written the last time."""
        return self._file is not None

    def receive(self, *, limit: int, timeout: float) -> list[Delivery]:
        """What can be seen now, else what comes before the time is over."""
        with self._opened() as file:
            taken = self._take(file, limit)
            if not taken and timeout > 0:
                self._bell.wait(min(timeout, _seconds_to_next(file)))
                self._free_abandoned(file)
                taken = self._take(file, limit)
        return taken

    def ack(self, deliveries: Sequence[Delivery]) -> None:
        """Remove them."""
        with self._opened() as file, file.writing() as connection:
            connection.executemany(
                "DELETE FROM messages WHERE id = ? AND taken_by = ?",
                [(each.tag, self._owner.token) for each in deliveries],
            )

    def holds(self, delivery: Delivery) -> bool:
        """A living taker holds what it took."""
        return True

    def refresh(self) -> None:
        """Give back what is not acknowledged."""
        with self._opened() as file, file.writing() as connection:
            connection.execute(_FREE, (self._owner.token,))

    def stop_taking(self) -> None:
        """Ring our own bell: nothing is taken but by receive()."""
        self._bell.ring()

    def close(self) -> None:
        """Give back and close. What can't be given back now is free because its owner lives no more."""
        try:
            self.refresh()
        except BrokerGone as error:
            log.warning("queue.not_given_back", queue=self._queue, error=str(error))
        self._bell.close()
        if self._file is not None:
            self._file.close()
        self._owner.close()

    @contextmanager
    def _opened(self) -> Iterator[QueueFile]:
        """The file, opened anew after it failed: it may have been replaced, or its disk was full."""
        try:
            if self._file is None:
                self._file = QueueFile(folder=self._folder, queue=self._queue, synchronous="NORMAL")
            yield self._file
        except (sqlite3.Error, OSError) as error:
            failed, self._file = self._file, None
            if failed is not None:
                failed.close()
            raise BrokerGone(f"{self._queue}: {error!r}") from error

    def _take(self, file: QueueFile, limit: int) -> list[Delivery]:
        now = moment()
        if not file.one(_ANY_VISIBLE, {"now": now}):
            return []  # looking costs no write lock
        with file.writing() as connection:
            given = {"owner": self._owner.token, "now": now, "limit": limit}
            rows = connection.execute(_TAKE, given).fetchall()
        return [_delivery(row) for row in sorted(rows)]

    def _free_abandoned(self, file: QueueFile) -> None:
        given = {"owner": self._owner.token, "overdue": moment() - LEASE_SECONDS}
        with file.reading() as connection:
            tokens = [row[0] for row in connection.execute(_OTHERS, given)]
        dead = [token for token in tokens if self._owner.is_dead(token)]
        stuck = tokens and file.one(f"SELECT count(*) FROM messages WHERE {_OVERDUE}", given)
        if not dead and not stuck:
            return
        with file.writing() as connection:
            connection.executemany(_FREE, [(token,) for token in dead])
            connection.execute(
                f"UPDATE messages SET taken_by = NULL, taken_at = NULL WHERE {_OVERDUE}", given
            )
        for token in dead:
            self._owner.forget(token)


def _seconds_to_next(file: QueueFile) -> float:
    now = moment()
    next_at = file.one(_NEXT, {"now": now})
    return max(next_at - now, 0) if next_at is not None else float("inf")


def _delivery(row: sqlite3.Row | Sequence[Any]) -> Delivery:
    return Delivery(message=message_of(row[2:]), redelivered=row[1] > 1, tag=row[0])
