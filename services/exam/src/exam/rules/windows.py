"""Whether a learner may start now: the exam's window and attempts (E2), the class's days (K17)."""

from datetime import date, datetime
from enum import StrEnum


class WindowState(StrEnum):
    NOT_YET = "not_yet"
    OPEN = "open"
    OVER = "over"


def window_state(*, opens_at: datetime, closes_at: datetime, now: datetime) -> WindowState:
    """The window includes its first moment and not its last, as deadlines do."""
    if now < opens_at:
        return WindowState.NOT_YET
    return WindowState.OPEN if now < closes_at else WindowState.OVER


def is_class_day(*, start_day: date, end_day: date, today: date) -> bool:
    """Both days belong to the class (K17)."""
    return start_day <= today <= end_day


def attempts_left(*, used: int, allowed: int) -> int:
    """How often the learner may still start; a running attempt is used (0/3)."""
    return max(0, allowed - used)


def is_closed_for(*, epoch: int, closed_epoch: int) -> bool:
    """A closing ends its epoch and all before it (K27); a rejected graduation opens a higher one."""
    return epoch <= closed_epoch
