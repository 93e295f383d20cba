"""How often each address has knocked lately, in this process's memory."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Any

from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

SWEPT = 10.0
"""Seconds between two looks for addresses that are forgotten."""


class QuietMemory(MemoryStorage):
    """The moving windows of `memory://`, which limits itself looks through every ten milliseconds, each time in a new
    thread: with a class of 500 behind their own addresses that was a tenth of what the gateway did."""

    STORAGE_SCHEME = ["quiet-memory"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any) -> None:
        """As limits makes it."""
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._lock = threading.Lock()
        self._windows: dict[str, deque[float]] = {}
        self._gone: dict[str, float] = {}
        """When a window is empty, if nobody knocks until then."""
        self._sweep_at = 0.0

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` knocks, unless they would be more than `limit` in the `expiry` seconds up to now."""
        now = time.time()
        with self._lock:
            self._sweep(now)
            window = self._windows.setdefault(key, deque())
            while window and window[0] < now - expiry:
                window.popleft()
            if len(window) + amount > limit:
                return False
            window.extend([now] * amount)
            self._gone[key] = now + expiry
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """When the oldest knock was that still counts, and how many there are."""
        now = time.time()
        with self._lock:
            counted = [moment for moment in self._windows.get(key, ()) if moment >= now - expiry]
        return (counted[0], len(counted)) if counted else (now, 0)

    def _sweep(self, now: float) -> None:
        if now < self._sweep_at:
            return
        self._sweep_at = now + SWEPT
        for key in [key for key, moment in self._gone.items() if moment < now]:
            del self._windows[key], self._gone[key]


def moving_windows(storage: str) -> MovingWindowRateLimiter:
    """The counts at this address: `memory://` for this process alone, or what limits knows else (Redis)."""
    kept = QuietMemory() if storage == "memory://" else storage_from_string(storage)
    return MovingWindowRateLimiter(kept)
