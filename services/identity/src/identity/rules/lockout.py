"""Wrong tries: how many are free, and how long the wait is after them.

Counted three times. Five from one address lock an account for that address only: whoever knows a name could else keep
its owner out, on the day of an exam for instance. Guessing from many addresses meets the account's own limit, and
guessing at many accounts the address's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Subject(StrEnum):
    """Whom the wrong tries are counted against."""

    PAIR = "pair"
    """One account from one address."""
    ACCOUNT = "account"
    ADDRESS = "address"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """So many wrong tries within the window; the last one starts the wait."""

    tries: int
    window: timedelta
    wait: timedelta


# A whole school shares one address, so it is allowed far more than one person is.
LIMITS = {
    Subject.PAIR: Limit(tries=5, window=timedelta(minutes=15), wait=timedelta(minutes=15)),
    Subject.ACCOUNT: Limit(tries=20, window=timedelta(minutes=15), wait=timedelta(minutes=15)),
    Subject.ADDRESS: Limit(tries=300, window=timedelta(minutes=15), wait=timedelta(minutes=15)),
}


@dataclass(frozen=True, kw_only=True)
class Tries:
    """What is remembered of one subject's wrong tries."""

    count: int
    window_began: datetime
    locked_until: datetime | None = None


FARTHEST = 2 * max(limit.wait for limit in LIMITS.values())
"""What ends or began further ahead than this was written by a clock that was wrong, and locks nobody out for a year.
Not less: the clocks of two machines differ."""


def seconds_locked(tries: Tries | None, *, now: datetime) -> int:
    """How many whole seconds this subject still has to wait; 0 when it may try."""
    if tries is None or tries.locked_until is None or not now < tries.locked_until <= now + FARTHEST:
        return 0
    left = tries.locked_until - now
    return int(-(-left // timedelta(seconds=1)))


def after_wrong_try(tries: Tries | None, *, limit: Limit, now: datetime) -> Tries:
    """The memory after one more wrong try. A window or a wait that has passed begins a new count, and so does one that
    lies too far ahead."""
    ended = tries is None or not now - limit.window < tries.window_began <= now + FARTHEST
    waited = tries is not None and tries.locked_until is not None and tries.locked_until <= now
    if tries is None or ended or waited:
        tries = Tries(count=0, window_began=now)
    counted = replace(tries, count=tries.count + 1)
    if counted.count >= limit.tries:
        return replace(counted, locked_until=now + limit.wait)
    return counted
