"""When an attempt ends, by the server's clock (E4)."""

from datetime import datetime, timedelta


def deadline_of(*, started_at: datetime, seconds: int | None, closes_at: datetime | None) -> datetime | None:
    """The earlier of duration and window (E4).

    `seconds` is None for an exercise (no time limit); with neither there is no deadline.
    """
    ends = [] if seconds is None else [started_at + timedelta(seconds=seconds)]
    if closes_at is not None:
        ends.append(closes_at)
    return min(ends, default=None)


def is_over(*, deadline: datetime | None, now: datetime) -> bool:
    """The deadline itself is too late: an attempt of 900 s takes answers for 900 s and no longer."""
    return deadline is not None and now >= deadline


def remaining_seconds(*, deadline: datetime | None, now: datetime) -> int | None:
    """Whole seconds left, never below zero; None when there is no limit."""
    if deadline is None:
        return None
    return max(0, int((deadline - now).total_seconds()))


def handed_in_moment(*, deadline: datetime | None, now: datetime) -> datetime:
    """An attempt that ran out ended at its deadline, whenever that is noticed."""
    return min(deadline, now) if deadline is not None else now


def used_seconds(*, started_at: datetime, handed_in_at: datetime) -> int:
    """Whole seconds from start to hand-in, rounded down: never more than passed (K18, K19)."""
    return max(0, int((handed_in_at - started_at).total_seconds()))
