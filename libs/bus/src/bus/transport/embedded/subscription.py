"""Taking from a queue's file: a message is marked as taken by a living process until it is acknowledged."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bus.doorbell import Doorbell
from bus.transport.base import Delivery
from bus.transport.embedded.owners import Owner
from bus.transport.embedded.store import QueueFile, message_of

LEASE_SECONDS = 1800
"""A living taker that has not finished by then hangs; brokers wait as long."""

_TAKE = """
UPDATE messages SET taken_by = ?, taken_at = ?, deliveries = deliveries + 1
WHERE id IN (SELECT id FROM messages WHERE taken_by IS NULL AND visible_at <= ? ORDER BY id LIMIT ?)
RETURNING id, deliveries, message_id, type, body, headers
"""
_FREE = "UPDATE messages SET taken_by = NULL, taken_at = NULL WHERE taken_by = ?"


class EmbeddedSubscription:
    """One taker."""

    def __init__(self, *, folder: Path, queue: str) -> None:
        """Frees at once what dead takers have left."""
        self._owner = Owner(folder)
        self._file = QueueFile(folder=folder, queue=queue, synchronous="NORMAL")
        self._bell = Doorbell(self._file.bell)
        self._free_abandoned()

    @property
    def ready(self) -> bool:
        """A file is always there."""
        return True

    def receive(self, *, limit: int, timeout: float) -> list[Delivery]:
        """What can be seen now, else what comes before the time is over."""
        taken = self._take(limit)
        if not taken and timeout > 0:
            self._bell.wait(min(timeout, self._seconds_to_next()))
            self._free_abandoned()
            taken = self._take(limit)
        return taken

    def ack(self, deliveries: Sequence[Delivery]) -> None:
        """Remove them."""
        with self._file.writing() as connection:
            connection.executemany(
                "DELETE FROM messages WHERE id = ? AND taken_by = ?",
                [(each.tag, self._owner.token) for each in deliveries],
            )

    def refresh(self) -> None:
        """Give back what is not acknowledged."""
        with self._file.writing() as connection:
            connection.execute(_FREE, (self._owner.token,))

    def stop_taking(self) -> None:
        """Ring our own bell: nothing is taken but by receive()."""
        self._bell.ring()

    def close(self) -> None:
        """Give back and close."""
        self.refresh()
        self._bell.close()
        self._file.close()
        self._owner.close()

    def _take(self, limit: int) -> list[Delivery]:
        now = time.time()
        if not self._file.one(
            "SELECT EXISTS (SELECT 1 FROM messages WHERE taken_by IS NULL AND visible_at <= ?)", now
        ):
            return []  # looking costs no write lock
        with self._file.writing() as connection:
            rows = connection.execute(_TAKE, (self._owner.token, now, now, limit)).fetchall()
        return [_delivery(row) for row in sorted(rows)]

    def _seconds_to_next(self) -> float:
        next_at = self._file.one("SELECT min(visible_at) FROM messages WHERE taken_by IS NULL")
        return max(next_at - time.time(), 0) if next_at is not None else float("inf")

    def _free_abandoned(self) -> None:
        overdue = time.time() - LEASE_SECONDS
        with self._file.reading() as connection:
            tokens = [
                row[0]
                for row in connection.execute(
                    "SELECT DISTINCT taken_by FROM messages WHERE taken_by IS NOT NULL AND taken_by <> ?",
                    (self._owner.token,),
                )
            ]
        dead = [token for token in tokens if self._owner.is_dead(token)]
        stuck = tokens and self._file.one(
            "SELECT count(*) FROM messages WHERE taken_by IS NOT NULL AND taken_at < ?", overdue
        )
        if not dead and not stuck:
            return
        with self._file.writing() as connection:
            connection.executemany(_FREE, [(token,) for token in dead])
            connection.execute(
                "UPDATE messages SET taken_by = NULL, taken_at = NULL WHERE taken_by <> ? AND taken_at < ?",
                (self._owner.token, overdue),
            )
        for token in dead:
            self._owner.forget(token)


def _delivery(row: sqlite3.Row | Sequence[Any]) -> Delivery:
    return Delivery(message=message_of(row[2:]), redelivered=row[1] > 1, tag=row[0])
