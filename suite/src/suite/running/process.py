"""What the parent remembers about each of its processes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

FIRST_DELAY = 0.5
LONGEST_DELAY = 10.0
GOOD_RUN_SECONDS = 20.0


@dataclass(kw_only=True)
class Process:
    """One process that should be running: how to start it, and how it has fared."""

    name: str
    kind: str
    """``web`` or ``worker``; webs are stopped before workers."""
    work: Callable[[], None]
    pid: int | None = None
    started_at: float = 0.0
    failures: int = 0
    restarts: int = 0
    due_at: float | None = None
    asked_to_restart: bool = field(default=False)

    def begun(self, pid: int) -> None:
        """It runs as ``pid`` now."""
        self.pid, self.started_at, self.due_at = pid, time.monotonic(), None

    def ended(self) -> float:
        """It has ended; return after how many seconds it should be started again.

        At once after a long good run or when asked for, then after 0.5 s, 1 s, 2 s … up to 10 s.
        """
        lived = time.monotonic() - self.started_at
        self.pid = None
        self.restarts += 1
        if self.asked_to_restart or lived > GOOD_RUN_SECONDS:
            self.failures, self.asked_to_restart = 0, False
            delay = 0.0
        else:
            delay = min(FIRST_DELAY * 2**self.failures, LONGEST_DELAY)
            self.failures += 1
        self.due_at = time.monotonic() + delay
        return delay
