"""When a day counts as checked in, and how rates are told (S3)."""

from collections.abc import Iterable, Mapping
from datetime import date

from supervision.check_in.rules.slots import Slot


def day_counts(*, required: Iterable[Slot], done: Iterable[Slot]) -> bool:
    """A day counts when every slot that it requires is there; one that requires none is never counted."""
    needed = set(required)
    return bool(needed) and needed <= set(done)


def days_checked_in(*, required: Iterable[Slot], done: Mapping[date, Iterable[Slot]]) -> int:
    """The X of X/Y: the days that count."""
    needed = tuple(required)
    return sum(day_counts(required=needed, done=slots) for slots in done.values())


def percent(part: int, whole: int) -> str | None:
    """A rate as "85.71", cut and not rounded, so that 100.00 means all; None of nothing."""
    if whole <= 0:
        return None
    hundredths = part * 10_000 // whole
    return f"{hundredths // 100}.{hundredths % 100:02d}"
