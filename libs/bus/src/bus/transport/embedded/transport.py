"""The transport over a folder of SQLite files."""

from __future__ import annotations

from pathlib import Path

from bus.topology import Topology
from bus.transport.embedded.graveyard import EmbeddedGraveyard
from bus.transport.embedded.publisher import EmbeddedPublisher
from bus.transport.embedded.store import QueueFile
from bus.transport.embedded.subscription import EmbeddedSubscription


class EmbeddedTransport:
    """Publishers and subscriptions on one machine."""

    def __init__(self, *, folder: Path, topology: Topology) -> None:
        """All processes of the suite are given the same folder."""
        self._folder = folder
        self._topology = topology

    def publisher(self) -> EmbeddedPublisher:
        """A new publisher."""
        return EmbeddedPublisher(folder=self._folder, topology=self._topology)

    def subscription(self, queue: str) -> EmbeddedSubscription:
        """A new taker."""
        return EmbeddedSubscription(folder=self._folder, queue=queue)

    def graveyard(self) -> EmbeddedGraveyard:
        """The dead letters."""
        return EmbeddedGraveyard(folder=self._folder)

    def depth(self, queue: str, *, dead: bool = False) -> int:
        """How many lie in the file, those being handled included."""
        file = QueueFile(folder=self._folder, queue=queue, synchronous="NORMAL")
        try:
            return int(file.one(f"SELECT count(*) FROM {'dead' if dead else 'messages'}"))
        finally:
            file.close()
