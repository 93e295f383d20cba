"""What one report of watched or read seconds is worth (K18): the budget of a study session on the server's clock.

A study session may spend the milliseconds that its passes cover between its opening and now (or its end), inside
the class's days and windows (K17), and each of them once. A credited second spends a thousand of them, the earliest
first.
So nothing that a client sends can be worth more than the time that truly passed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from classroom.study.rules.intervals import (
    NOTHING,
    Span,
    Spans,
    difference,
    first,
    intersection,
    measure,
    union,
    within,
)
from classroom.study.rules.study_time import Timetable, by_day, day_of, hindrance, open_spans

SECOND = 1000


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A study session on the server's clock, all in milliseconds: what its passes cover and what has been spent."""

    opened: int
    until: int
    passes: Spans = NOTHING
    used: Spans = NOTHING

    def with_pass(self, span: Span) -> "Clock":
        """The clock with one more pass; a pass named again changes nothing."""
        return replace(self, passes=union((*self.passes, span)))

    def free(self, timetable: Timetable) -> Spans:
        """What can still be spent."""
        covered = within(union(self.passes), self.opened, self.until)
        if not covered:
            return NOTHING
        allowed = open_spans(timetable, start=covered[0][0], end=covered[-1][1])
        return difference(intersection(covered, allowed), self.used)


@dataclass(frozen=True, kw_only=True)
class DailyLimit:
    """The video seconds that a learner may study on one Shanghai day, and those already studied per day (K4)."""

    seconds: int
    spent: Mapping[date, int]

    def left(self, day: date) -> int:
        """What the day still allows."""
        return max(0, self.seconds - self.spent.get(day, 0))


@dataclass(frozen=True, kw_only=True)
class Credit:
    """What a report gained: media seconds, what is watched now, the clock after it, seconds per day, why not more."""

    seconds: int
    watched: Spans
    clock: Clock
    days: Mapping[date, int]
    reason: str | None


def credit(
    *,
    span: Span,
    pass_span: Span,
    watched: Spans,
    length: int,
    clock: Clock,
    timetable: Timetable,
    limit: DailyLimit | None = None,
) -> Credit:
    """Credits the new seconds of ``span`` (media seconds), cut where the budget ends; the rest may come again (K18)."""
    wanted = difference(union([(max(span[0], 0), min(span[1], length))]), watched)
    free = clock.free(timetable)
    allowed = free if limit is None else limited(free, limit)
    gained = first(wanted, measure(allowed) // SECOND)
    seconds = measure(gained)
    spent = first(allowed, seconds * SECOND)
    days = seconds_by_day(spent)
    reason = None
    if seconds < measure(wanted):
        today = day_of(clock.until)
        limit_reached = limit is not None and limit.left(today) <= days.get(today, 0)
        reason = _why(pass_span=pass_span, clock=clock, timetable=timetable, limit_reached=limit_reached)
    elif not wanted and span[0] < span[1]:
        reason = "already_counted"
    return Credit(
        seconds=seconds,
        watched=union((*watched, *gained)),
        clock=replace(clock, used=union((*clock.used, *spent))),
        days=days,
        reason=reason,
    )


def limited(free: Spans, limit: DailyLimit) -> Spans:
    """The part of ``free`` that the daily limit leaves: of each day so many seconds, the earliest first (K4)."""
    return union(
        piece for day, pieces in by_day(free).items() for piece in first(pieces, limit.left(day) * SECOND)
    )


def seconds_by_day(spent: Spans) -> dict[date, int]:
    """Whole seconds per Shanghai day; a second that goes over midnight belongs to the day in which it is completed."""
    days: dict[date, int] = {}
    total = 0
    for day, pieces in by_day(spent).items():
        before, total = total, total + measure(pieces)
        if total // SECOND > before // SECOND:
            days[day] = total // SECOND - before // SECOND
    return days


def attended(*, pass_span: Span, clock: Clock, timetable: Timetable) -> bool:
    """Whether the pass lets the learner be at an item at all: some of its time is study time of this session."""
    held = union([(max(pass_span[0], clock.opened), min(pass_span[1], clock.until))])
    if held and open_spans(timetable, start=held[0][0], end=held[0][1]):
        return True
    return pass_span[0] <= clock.until <= pass_span[1] and hindrance(timetable, now=clock.until) is None


def _why(*, pass_span: Span, clock: Clock, timetable: Timetable, limit_reached: bool) -> str:
    """Why a report was cut, the outermost cause first (X12)."""
    closed_now = hindrance(timetable, now=clock.until)
    if closed_now:
        return closed_now
    if limit_reached:
        return "limit_reached"
    return "pass_ended" if pass_span[1] < clock.until else "budget"
