"""The relay's loop: claim, publish, remove what is confirmed, wait."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Sequence

import structlog
from chassis.db import DatabaseError
from sqlalchemy.engine import Engine

from bus import metrics
from bus.backoff import Backoff
from bus.outbox import SHARDS
from bus.relay.rows import Row, claim, confirmed_prefix, remove
from bus.relay.shards import Shards, open_shards
from bus.transport.base import Publisher

log = structlog.get_logger("bus.relay")


class Relay:
    """Sends one service's announcements. Two of them share the shards; each shard has one at a time."""

    def __init__(
        self,
        *,
        engine: Engine,
        publisher: Publisher,
        shards: Sequence[int] = range(SHARDS),
        window: int = 500,
        poll: float = 1.0,
    ) -> None:
        """`poll` seconds is how long a lost wake-up can delay an event."""
        self._engine = engine
        self._publisher = publisher
        self._wanted = shards
        self._window = window
        self._poll = poll
        self._stop = threading.Event()
        self._shards: Shards | None = None
        self._changing = threading.Lock()
        self._resting: dict[int, tuple[float, Backoff]] = {}
        self._removable: list[int] = []
        """Confirmed, and not yet removed: where the database went away in between they are not sent once more."""
        self.beat = time.monotonic()
        """When the loop last went round."""
        self.holding = 0
        """How many shards are ours."""

    def run(self) -> None:
        """Until stop(). The database may go and come back; nothing is given up."""
        backoff = Backoff(first=0.2, most=10)
        while not self._stop.is_set():
            try:
                self._shards = open_shards(self._engine, self._wanted)
                try:
                    self._serve(self._shards, backoff)
                finally:
                    self.holding = 0
                    with self._changing:  # after this nobody interrupts what is closed
                        shards, self._shards = self._shards, None
                    shards.close()
            except (*DatabaseError, OSError) as error:
                log.warning("relay.database_gone", error=repr(error))
                self.beat = time.monotonic()
                self._stop.wait(backoff.next())

    def stop(self) -> None:
        """Finish what is under way and return from run(); from any thread."""
        self._stop.set()
        with self._changing:
            if self._shards is not None:
                self._shards.interrupt()

    def _serve(self, shards: Shards, backoff: Backoff) -> None:
        while not self._stop.is_set():
            self.beat = time.monotonic()
            held = shards.acquire()
            self.holding = len(held)
            self._remove(shards)
            awake = [shard for shard in held if not self._rests(shard)]
            rows = claim(shards.connection, awake, limit=self._window) if awake else []
            if rows:
                self._send(shards, rows)
            backoff.reset()
            if not rows:
                shards.wait(self._until_next())

    def _send(self, shards: Shards, rows: Sequence[Row]) -> None:
        confirmed = self._publisher.announce([row.message for row in rows])
        self._removable, failed = confirmed_prefix(rows, confirmed)
        self._remove(shards)
        for shard in {row.shard for row in rows} - failed:
            self._resting.pop(shard, None)
        fates = Counter((row.message.type, good) for row, good in zip(rows, confirmed, strict=True))
        for (event_type, good), number in fates.items():
            metrics.PUBLISHED.labels(type=event_type, confirmed=str(good).lower()).inc(number)
        if failed:
            self._rest(failed)

    def _remove(self, shards: Shards) -> None:
        if self._removable:
            remove(shards.connection, self._removable)
            self._removable = []

    def _rest(self, failed: set[int]) -> None:
        """A shard whose messages are not taken waits; the others go on."""
        for shard in failed:
            _, backoff = self._resting.get(shard, (0.0, Backoff(first=0.2, most=30)))
            self._resting[shard] = (time.monotonic() + backoff.next(), backoff)
        log.warning("relay.not_confirmed", shards=sorted(failed))
        self._publisher.refresh()

    def _rests(self, shard: int) -> bool:
        return shard in self._resting and self._resting[shard][0] > time.monotonic()

    def _until_next(self) -> float:
        now = time.monotonic()
        return min([self._poll, *(until - now for until, _ in self._resting.values() if until > now)])
