"""Five wrong tries, then a wait (K15)."""

from __future__ import annotations

from datetime import datetime, timedelta

MOST_WRONG = 5
WAIT = timedelta(minutes=15)


def seconds_to_wait(*, wrong: int, last_at: datetime, now: datetime) -> int:
    """How long nothing is tried any more; 0 when another try is allowed."""
    if wrong < MOST_WRONG:
        return 0
    left = last_at + WAIT - now
    return max(0, -(-left // timedelta(seconds=1)))


def wrong_after(*, wrong: int, last_at: datetime, now: datetime) -> int:
    """The count after one more wrong try: the old ones are forgotten when the wait has passed since the last."""
    return 1 if now >= last_at + WAIT else wrong + 1
