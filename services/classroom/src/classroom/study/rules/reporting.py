"""A batch of reports of one study session, judged in the order in which they were sent (K17–K19, C5, X12).

Pure: takes what is known and returns what becomes true. The action loads, asks here and writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from classroom.study.rules.completion import Kind, video_complete
from classroom.study.rules.credit import Clock, DailyLimit, attended, credit
from classroom.study.rules.intervals import NOTHING, Span, Spans, difference, union
from classroom.study.rules.study_time import Timetable, hindrance


@dataclass(frozen=True, kw_only=True)
class Report:
    """Media seconds of an item, as the client says; ``pass_span`` is the pass's time, None when it is no good."""

    report_id: UUID
    item_id: UUID
    span: Span
    pass_span: Span | None


@dataclass(frozen=True, kw_only=True)
class ItemState:
    """What is known of a learner's video or document; ``after`` is the item before it in sequential order (C5).

    ``opened`` is false for a document whose item ticket was never given.
    """

    item_id: UUID
    kind: str
    length: int
    watched: Spans = NOTHING
    complete: bool = False
    after: UUID | None = None
    opened: bool = True


@dataclass(frozen=True, kw_only=True)
class Course:
    """What the class asks of study: days and windows, the daily limit of video seconds, whether it is open at all."""

    timetable: Timetable
    open: bool = True
    daily_video_seconds: int | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer to one report: seconds credited, and why not all of them (X12)."""

    report_id: UUID
    item_id: UUID
    credited_seconds: int
    reason: str | None


@dataclass(kw_only=True)
class Ledger:
    """The state that a batch changes: the clock, the items, the video seconds and all seconds of each day.

    ``gained`` are the media seconds of each item that the batch credited, as a set of intervals.
    """

    clock: Clock
    items: dict[UUID, ItemState]
    complete: set[UUID]
    video_by_day: dict[date, int]
    gained_by_day: dict[tuple[date, str], int] = field(default_factory=dict)
    gained: dict[UUID, Spans] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)


def judge(
    *,
    reports: Sequence[Report],
    clock: Clock,
    items: Mapping[UUID, ItemState],
    complete: frozenset[UUID],
    video_by_day: Mapping[date, int],
    course: Course,
) -> Ledger:
    """Credits the reports one after the other from the session's one budget.

    ``complete`` are the completed items among those that ``items`` stand after; ``video_by_day`` are the video seconds
    already credited on each day of the session, which only the daily limit asks for.
    """
    for report in reports:
        if report.pass_span is not None:
            clock = clock.with_pass(report.pass_span)
    ledger = Ledger(clock=clock, items=dict(items), complete=set(complete), video_by_day=dict(video_by_day))
    for report in reports:
        seconds, reason = _judge_one(ledger, report, course)
        ledger.verdicts.append(
            Verdict(
                report_id=report.report_id, item_id=report.item_id, credited_seconds=seconds, reason=reason
            )
        )
    return ledger


def _judge_one(ledger: Ledger, report: Report, course: Course) -> tuple[int, str | None]:
    item = ledger.items[report.item_id]
    if not course.open:
        return 0, "closed"
    if item.after is not None and item.after not in ledger.complete:
        return 0, "not_open_yet"
    if not item.opened:
        return 0, "not_opened"
    if report.span[0] > report.span[1]:
        return 0, None
    if report.pass_span is None:
        return 0, "pass_invalid"
    if not attended(pass_span=report.pass_span, clock=ledger.clock, timetable=course.timetable):
        return 0, hindrance(course.timetable, now=ledger.clock.until) or "pass_ended"
    gain = credit(
        span=report.span,
        pass_span=report.pass_span,
        watched=item.watched,
        length=item.length,
        clock=ledger.clock,
        timetable=course.timetable,
        limit=_limit(ledger, course) if item.kind == Kind.VIDEO else None,
    )
    ledger.clock = gain.clock
    _note_item(ledger, item, gain.watched)
    _note_seconds(ledger, item, gain.days)
    return gain.seconds, gain.reason


def _limit(ledger: Ledger, course: Course) -> DailyLimit | None:
    if course.daily_video_seconds is None:
        return None
    return DailyLimit(seconds=course.daily_video_seconds, spent=ledger.video_by_day)


def _note_item(ledger: Ledger, item: ItemState, watched: Spans) -> None:
    done = item.kind == Kind.DOCUMENT or video_complete(watched=watched, length=item.length)
    ledger.items[item.item_id] = replace(item, watched=watched, complete=item.complete or done)
    if ledger.items[item.item_id].complete:
        ledger.complete.add(item.item_id)
    if gained := difference(watched, item.watched):
        ledger.gained[item.item_id] = union((*ledger.gained.get(item.item_id, NOTHING), *gained))


def _note_seconds(ledger: Ledger, item: ItemState, days: Mapping[date, int]) -> None:
    for day, seconds in days.items():
        if item.kind == Kind.VIDEO:
            ledger.video_by_day[day] = ledger.video_by_day.get(day, 0) + seconds
        ledger.gained_by_day[day, item.kind] = ledger.gained_by_day.get((day, item.kind), 0) + seconds


def newly_complete(before: Mapping[UUID, ItemState], after: Mapping[UUID, ItemState]) -> frozenset[UUID]:
    """The items that the batch completed."""
    return frozenset(key for key, item in after.items() if item.complete and not before[key].complete)
