"""The threads of a worker, watched: one that ends by itself ends the process, whose supervisor starts it anew."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger("bus.worker")

SLUGGISH = 120.0
"""Seconds after which a loop that has not moved is taken for hung."""


@dataclass(kw_only=True)
class Part:
    """One thread and what it says of itself."""

    name: str
    work: Callable[[], None]
    stop: Callable[[], None]
    ready: Callable[[], bool] = lambda: True
    beat: Callable[[], float] | None = None
    thread: threading.Thread = field(init=False)
    failed: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        """The thread is made here and started by `start`."""
        self.thread = threading.Thread(target=self._run, name=self.name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self.thread.start()

    @property
    def alive(self) -> bool:
        """Whether it runs and moves."""
        moves = self.beat is None or time.monotonic() - self.beat() < SLUGGISH
        return self.thread.is_alive() and moves

    def _run(self) -> None:
        try:
            self.work()
        except Exception:
            self.failed = True
            log.exception("part.failed", part=self.name)
            raise


class Parts:
    """All threads of the process."""

    def __init__(self, parts: list[Part]) -> None:
        """Not started yet."""
        self._parts = parts

    def start(self) -> None:
        """Begin all."""
        for part in self._parts:
            part.start()

    def watch(self, stopping: threading.Event) -> bool:
        """Block until told to stop; False when a thread ended by itself before that."""
        while not stopping.wait(1.0):
            for part in self._parts:
                if not part.thread.is_alive():
                    log.critical("part.ended", part=part.name)
                    return False
        return True

    def ask_to_stop(self) -> None:
        """Have all finish what is under way."""
        for part in self._parts:
            part.stop()

    def join(self, *, within: float) -> bool:
        """Wait for all to end; False when one did not in time."""
        deadline = time.monotonic() + within
        for part in self._parts:
            part.thread.join(max(deadline - time.monotonic(), 0))
        late = [part.name for part in self._parts if part.thread.is_alive()]
        if late:
            log.warning("stop.slow", parts=late)
        return not late

    def alive(self) -> dict[str, bool]:
        """Each thread: does it move?"""
        return {part.name: part.alive for part in self._parts}

    def ready(self) -> dict[str, bool]:
        """Each thread: can it do its work?"""
        return {part.name: part.alive and part.ready() for part in self._parts}
