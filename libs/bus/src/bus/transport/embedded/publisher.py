"""Publishing into files: confirmed means committed, with the disk's word for it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from bus.topology import Topology
from bus.transport.base import Message
from bus.transport.embedded.store import QueueFile

log = structlog.get_logger("bus.embedded")


class EmbeddedPublisher:
    """Writes to each queue's file."""

    def __init__(self, *, folder: Path, topology: Topology) -> None:
        """Makes all queues of the topology at once, so that a consumer may come later."""
        self._folder = folder
        self._topology = topology
        self._lock = threading.Lock()
        self._files: dict[str, QueueFile] = {}
        for queue in topology.queues:
            self._file(queue)

    def announce(self, messages: Sequence[Message]) -> list[bool]:
        """To every queue bound to each type; a type that nobody has bound has arrived everywhere."""
        confirmed = [True] * len(messages)
        by_queue: dict[str, list[int]] = {}
        for place, message in enumerate(messages):
            for queue in self._topology.bound(message.type):
                by_queue.setdefault(queue, []).append(place)
        for queue, places in by_queue.items():
            chosen = [messages[place] for place in places]
            if not self._try(queue, lambda file, chosen=chosen: file.put(chosen)):  # type: ignore[misc]
                for place in places:
                    confirmed[place] = False
        return confirmed

    def send(self, queue: str, messages: Sequence[Message]) -> list[bool]:
        """To this queue only."""
        return [self._try(queue, lambda file: file.put(messages))] * len(messages)

    def delay(self, queue: str, message: Message, *, seconds: float) -> bool:
        """To this queue, seen later."""
        return self._try(queue, lambda file: file.put([message], after=seconds))

    def bury(self, queue: str, message: Message) -> bool:
        """To the dead letters of this queue."""
        return self._try(queue, lambda file: file.bury(message))

    def refresh(self) -> None:
        """Open the files again: one may have been removed or replaced."""
        with self._lock:
            files, self._files = self._files, {}
        for file in files.values():
            file.close()

    def close(self) -> None:
        """Close the files."""
        self.refresh()

    def _try(self, queue: str, work: Callable[[QueueFile], None]) -> bool:
        try:
            work(self._file(queue))
        except (sqlite3.Error, OSError) as error:
            log.warning("queue.not_written", queue=queue, error=repr(error))
            self._forget(queue)
            return False
        return True

    def _forget(self, queue: str) -> None:
        """Open this file anew at the next message: it may have been replaced, or its disk was full."""
        with self._lock:
            file = self._files.pop(queue, None)
        if file is not None:
            file.close()

    def _file(self, queue: str) -> QueueFile:
        with self._lock:
            if queue not in self._files:
                self._files[queue] = QueueFile(folder=self._folder, queue=queue, synchronous="FULL")
            return self._files[queue]
