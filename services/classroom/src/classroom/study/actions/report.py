"""A page reports what was watched and read (K18): the hottest path of the service.

On PostgreSQL two statements, whatever the number of reports in the request, and three more when somebody changed the
same session in between. On SQLite session and class; items with progress; the verdicts there are; the days, only under
a daily limit (K4); then up to six that write: nine or ten, and three when the class is closed or all was sent before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.errors import Conflict, FieldError, Invalid, NotFound
from sqlalchemy.orm import Session

from classroom.study.actions.read_report import Found, hold, read
from classroom.study.actions.write_report import write
from classroom.study.models import StudyState
from classroom.study.rules.completion import Kind
from classroom.study.rules.credit import Clock
from classroom.study.rules.intervals import Span, Spans, union
from classroom.study.rules.reporting import Course, ItemState, Ledger, Report, judge
from classroom.study.rules.study_time import Timetable, milliseconds, windows_of


class SessionUnknown(NotFound):
    """No such session, or another account's."""

    code = "classroom.study.session.not_found"
    title = "学习会话不存在"
    next_step = "请重新打开学习页面。"


class Superseded(Conflict):
    """X7: the newer page has taken over."""

    code = "classroom.study.session.superseded"
    title = "您已在另一页面或设备上学习，本页面不再计时"
    next_step = "请在最新打开的页面继续学习，或刷新本页面以切换回来。"


class NotStudied(Invalid):
    """A report names an item that is not a video or document of this class."""

    code = "classroom.study.report.wrong_item"
    title = "上报的课时不正确"
    next_step = "请刷新学习页面后重试。"


@dataclass(frozen=True, kw_only=True)
class GivenReport:
    """As it was sent; ``claims`` are those of its study pass, None when that was no genuine pass."""

    report_id: UUID
    item_id: UUID
    from_seconds: int
    to_seconds: int
    claims: Mapping[str, Any] | None


def report(
    session: Session, *, session_id: UUID, account_id: UUID, reports: Sequence[GivenReport], now: datetime
) -> Ledger:
    """Credits the reports in their order; the ledger says for each how many seconds, and why not all (K18, X12).

    A report sent again, recognised by its id, gets its first verdict and changes nothing. Raises SessionUnknown,
    Superseded, NotStudied.
    """
    for again in (False, True):
        if again:
            hold(session, session_id=session_id)
        found = read(
            session,
            session_id=session_id,
            account_id=account_id,
            item_ids=list({each.item_id for each in reports}),
            report_ids=[each.report_id for each in reports],
        )
        if found is None:
            raise SessionUnknown
        if found.taken.ended_at is not None:
            raise Superseded
        known = _items(found, reports)
        fresh = _unanswered(found, reports)
        ledger = _judge(found, known, fresh, now)
        if (
            not fresh
            or found.taken.state != StudyState.OPEN
            or write(session, found=found, known=known, ledger=ledger, now=now)
        ):
            return _answering(found, ledger, reports)
    raise AssertionError("the session changed while it was held")


def _unanswered(found: Found, reports: Sequence[GivenReport]) -> list[GivenReport]:
    """The reports without a verdict, each once."""
    fresh: dict[UUID, GivenReport] = {}
    for each in reports:
        if each.report_id not in found.answered:
            fresh.setdefault(each.report_id, each)
    return list(fresh.values())


def _answering(found: Found, ledger: Ledger, reports: Sequence[GivenReport]) -> Ledger:
    """The ledger with the verdict on each report as it was sent."""
    verdicts = {**found.answered, **{each.report_id: each for each in ledger.verdicts}}
    return replace(ledger, verdicts=[verdicts[each.report_id] for each in reports])


def _judge(
    found: Found, known: Mapping[UUID, ItemState], reports: Sequence[GivenReport], now: datetime
) -> Ledger:
    return judge(
        reports=[_judged(each, found.taken) for each in reports],
        clock=_clock(found.taken, now),
        items=known,
        complete=frozenset(row.after_item_id for row in found.items if row.before_complete_at is not None),
        video_by_day=found.video_by_day,
        course=_course(found.taken),
    )


def _items(found: Found, reports: Sequence[GivenReport]) -> dict[UUID, ItemState]:
    """The reported items as they stand. Raises NotStudied."""
    known = {
        row.item_id: ItemState(
            item_id=row.item_id,
            kind=row.kind,
            length=row.seconds,
            watched=_spans(row.watched or ()),
            complete=row.complete_at is not None,
            after=row.after_item_id,
            opened=row.kind != Kind.DOCUMENT or row.opened_at is not None,
        )
        for row in found.items
    }
    wrong = [
        FieldError(field=f"/reports/{place}/item_id", code="unknown", message="不是本班级的视频或文档课时。")
        for place, each in enumerate(reports)
        if each.item_id not in known
    ]
    if wrong:
        raise NotStudied(fields=wrong)
    return known


def _course(taken: Any) -> Course:
    return Course(
        timetable=Timetable(
            start_day=taken.start_day, end_day=taken.end_day, windows=windows_of(taken.study_windows)
        ),
        open=taken.state == StudyState.OPEN,
        daily_video_seconds=taken.daily_video_seconds,
    )


def _clock(taken: Any, now: datetime) -> Clock:
    return Clock(
        opened=taken.opened_ms,
        until=max(milliseconds(now), taken.until_ms),
        passes=_spans(taken.passes),
        used=_spans(taken.used),
    )


def _judged(given: GivenReport, taken: Any) -> Report:
    return Report(
        report_id=given.report_id,
        item_id=given.item_id,
        span=(given.from_seconds, given.to_seconds),
        pass_span=_pass_span(given.claims, taken),
    )


def _pass_span(claims: Mapping[str, Any] | None, taken: Any) -> Span | None:
    """The time of the pass, when it was given to this learner, in this class, for study (S6), and since the class was
    last opened again (K27). A pass of an earlier release names no epoch."""
    if claims is None:
        return None
    wanted = {
        "sub": str(taken.account_id),
        "enr": str(taken.enrolment_id),
        "cls": str(taken.class_id),
        "use": "study",
    }
    if claims.get("epoch", taken.epoch) != taken.epoch or any(
        claims.get(name) != value for name, value in wanted.items()
    ):
        return None
    return int(claims["nbf"] * 1000), int(claims["exp"] * 1000)


def _spans(lists: Sequence[Sequence[int]]) -> Spans:
    return union((start, end) for start, end in lists)
