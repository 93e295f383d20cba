"""Reading the dead letters of a queue's file, one reader at a time."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime
from pathlib import Path

from bus.transport.base import DIED, REASON, DeadLetter
from bus.transport.embedded.store import QueueFile, message_of


class EmbeddedGraveyard:
    """The dead letters in a folder of queues."""

    def __init__(self, *, folder: Path) -> None:
        """Opens files only when visited."""
        self._folder = folder

    def visit(self, queue: str) -> EmbeddedVisit:
        """Waits while another reader is there."""
        return EmbeddedVisit(folder=self._folder, queue=queue)


class EmbeddedVisit:
    """Dead letters of one queue, while the lock is held."""

    def __init__(self, *, folder: Path, queue: str) -> None:
        """See EmbeddedGraveyard.visit."""
        self._queue = queue
        self._file = QueueFile(folder=folder, queue=queue, synchronous="FULL")
        self._lock = os.open(folder / f"{queue}.dead.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def __enter__(self) -> EmbeddedVisit:
        """Take the lock."""
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        return self

    def __exit__(self, *error: object) -> None:
        """What was not removed was never touched."""
        os.close(self._lock)
        self._file.close()

    def letters(self) -> list[tuple[int, DeadLetter]]:
        """All that lie there now."""
        with self._file.reading() as connection:
            rows = connection.execute(
                "SELECT message_id, type, body, headers, id FROM dead ORDER BY id"
            ).fetchall()
        found = []
        for row in rows:
            message = message_of(row)
            died_at = message.headers.get(DIED)
            letter = DeadLetter(
                queue=self._queue,
                message=message,
                reason=str(message.headers.get(REASON, "")),
                attempts=message.attempts,
                died_at=datetime.fromisoformat(str(died_at)) if died_at else None,
            )
            found.append((int(row[4]), letter))
        return found

    def remove(self, handle: int) -> None:
        """Delete it."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM dead WHERE id = ?", (handle,))
