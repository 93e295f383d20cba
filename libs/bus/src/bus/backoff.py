"""Waiting longer after each failure, with jitter, never giving up."""

from __future__ import annotations

import random


class Backoff:
    """Seconds to wait: doubling from `first` to `most`, each shaken by up to a half."""

    def __init__(self, *, first: float = 0.1, most: float = 30.0) -> None:
        """Nothing has failed yet."""
        self._first = first
        self._most = most
        self._failures = 0

    def next(self) -> float:
        """It failed again: how long to wait."""
        self._failures += 1
        # The exponent is bounded: after a night of failures 2**n would be a number without end.
        whole = min(self._most, self._first * 2.0 ** min(self._failures - 1, 30))
        return whole * random.uniform(0.5, 1.0)

    def reset(self) -> None:
        """It worked."""
        self._failures = 0
