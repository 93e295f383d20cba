"""When study of videos and documents is possible: the class's days and study time windows (K17, K4).

The server's clock is counted here in milliseconds since the epoch. Days and windows are Shanghai's, which keeps UTC+8
all year round.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from classroom.study.rules.intervals import Spans, intersection, union

SHANGHAI = timezone(timedelta(hours=8))
DAY_MS = 86_400_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """The days and windows of a class; ``windows`` are minutes of the day, and none means the whole day."""

    start_day: date
    end_day: date
    windows: tuple[tuple[int, int], ...] = ()


def milliseconds(moment: datetime) -> int:
    """The moment in milliseconds since the epoch, rounded down."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def moment_of(ms: int) -> datetime:
    """The moment that ``milliseconds`` counts."""
    return EPOCH + timedelta(milliseconds=ms)


def day_of(ms: int) -> date:
    """The Shanghai day to which a millisecond belongs."""
    return moment_of(ms).astimezone(SHANGHAI).date()


def midnight(day: date) -> int:
    """The first millisecond of a Shanghai day."""
    return milliseconds(datetime(day.year, day.month, day.day, tzinfo=SHANGHAI))


def minutes_of_day(text: str) -> int:
    """Minutes since midnight of "08:00"; "24:00" is the end of the day."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def windows_of(settings: Sequence[dict[str, str]]) -> tuple[tuple[int, int], ...]:
    """The windows of K4's settings as minutes of the day; one that ends before it begins goes over midnight."""
    windows: list[tuple[int, int]] = []
    for setting in settings:
        start, end = minutes_of_day(setting["from"]), minutes_of_day(setting["to"])
        windows.extend([(start, end)] if start < end else [(start, 1440), (0, end)])
    return tuple((start, end) for start, end in union(windows))


def open_spans(timetable: Timetable, *, start: int, end: int) -> Spans:
    """The part of ``start``–``end`` in which videos and documents may be studied (K17)."""
    windows = timetable.windows or ((0, 1440),)
    spans = [
        (midnight(day) + opens * 60_000, midnight(day) + closes * 60_000)
        for day in _days(max(day_of(start), timetable.start_day), min(day_of(end), timetable.end_day))
        for opens, closes in windows
    ]
    return intersection(union(spans), union([(start, end)]))


def hindrance(timetable: Timetable, *, now: int) -> str | None:
    """Why nothing can be studied at this moment: "outside_days", "outside_window", or None (X12)."""
    if not timetable.start_day <= day_of(now) <= timetable.end_day:
        return "outside_days"
    if not open_spans(timetable, start=now, end=now + 1):
        return "outside_window"
    return None


def by_day(spans: Spans) -> dict[date, Spans]:
    """The set cut at Shanghai's midnights, in order of days."""
    days: dict[date, Spans] = {}
    for start, end in spans:
        for day in _days(day_of(start), day_of(end - 1)):
            piece = (max(start, midnight(day)), min(end, midnight(day) + DAY_MS))
            days[day] = (*days.get(day, ()), piece)
    return days


def days_begun(*, start_day: date, end_day: date, today: date) -> int:
    """The class days that have begun, at most all of them: the Y of check-in's X/Y (S3)."""
    return max(0, (min(today, end_day) - start_day).days + 1)


def _days(first_day: date, last_day: date) -> Iterator[date]:
    day = first_day
    while day <= last_day:
        yield day
        day += timedelta(days=1)
