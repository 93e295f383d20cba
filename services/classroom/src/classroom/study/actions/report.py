"""A page reports what was watched and read (K18): the hottest path of the service.

Statements, whatever the number of reports in the request: session and class with their locks, items with progress,
then one each for progress, plays, session, learner and day: seven; an eighth, the days, only under a daily limit (K4);
two when the class is closed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.errors import Conflict, FieldError, Invalid, NotFound
from sqlalchemy.orm import Session, aliased

from classroom.study.actions.write_report import write
from classroom.study.models import ItemProgress, StudyClass, StudyDay, StudyItem, StudySession, StudyState
from classroom.study.rules.completion import STUDIED
from classroom.study.rules.credit import Clock
from classroom.study.rules.intervals import Span, union
from classroom.study.rules.reporting import Course, ItemState, Ledger, Report, judge
from classroom.study.rules.study_time import day_of, milliseconds


class SessionUnknown(NotFound):
    """No such session, or another account's."""

    code = "study.session.not_found"
    title = "学习会话不存在"
    next_step = "请重新打开学习页面。"


class Superseded(Conflict):
    """X7: the newer page has taken over."""

    code = "study.session.superseded"
    title = "您已在另一页面或设备上学习，本页面不再计时"
    next_step = "请在最新打开的页面继续学习，或刷新本页面以切换回来。"


class NotStudied(Invalid):
    """A report names an item that is not a video or document of this class."""

    code = "study.report.wrong_item"
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

    A report sent again is harmless: only the union of intervals counts. Raises SessionUnknown, Superseded, NotStudied.
    """
    study_session, study_class = _taken(session, session_id=session_id, account_id=account_id)
    if study_session.ended_at is not None:
        raise Superseded
    items, complete = _items(session, study_session=study_session, reports=reports)
    course = Course(
        timetable=study_class.timetable,
        open=study_class.state == StudyState.OPEN,
        daily_video_seconds=study_class.daily_video_seconds,
    )
    clock = _clock(study_session, now)
    ledger = judge(
        reports=[_judged(each, study_session) for each in reports],
        clock=clock,
        items=items,
        complete=complete,
        video_by_day=_video_by_day(session, study_session, clock, course),
        course=course,
    )
    if course.open:
        write(
            session,
            study_session=study_session,
            before=items,
            ledger=ledger,
            item_count=study_class.item_count,
            now=now,
        )
    return ledger


def _taken(session: Session, *, session_id: UUID, account_id: UUID) -> tuple[StudySession, StudyClass]:
    """The session for this report alone, and its class shared: closing waits for it, and it for closing."""
    found = session.execute(
        sa.select(StudySession, StudyClass)
        .join(StudyClass, StudyClass.class_id == StudySession.class_id)
        .where(StudySession.id == session_id, StudySession.account_id == account_id)
        .with_for_update(of=StudySession)
        .suffix_with("FOR SHARE OF study_classes", dialect="postgresql")
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise SessionUnknown
    return found[0], found[1]


def _items(
    session: Session, *, study_session: StudySession, reports: Sequence[GivenReport]
) -> tuple[dict[UUID, ItemState], frozenset[UUID]]:
    """The reported items as they stand, and those completed among the items before them."""
    own, before = aliased(ItemProgress), aliased(ItemProgress)
    enrolment_id = study_session.enrolment_id
    rows = session.execute(
        sa.select(StudyItem.item_id, StudyItem.kind, StudyItem.seconds, StudyItem.after_item_id)
        .add_columns(own.watched, own.complete_at, before.complete_at.label("before_complete_at"))
        .outerjoin(own, (own.enrolment_id == enrolment_id) & (own.item_id == StudyItem.item_id))
        .outerjoin(
            before, (before.enrolment_id == enrolment_id) & (before.item_id == StudyItem.after_item_id)
        )
        .where(
            StudyItem.class_id == study_session.class_id,
            StudyItem.item_id.in_({each.item_id for each in reports}),
            StudyItem.kind.in_(sorted(STUDIED)),
        )
    ).all()
    items = {
        row.item_id: ItemState(
            item_id=row.item_id,
            kind=row.kind,
            length=row.seconds,
            watched=union((start, end) for start, end in row.watched or ()),
            complete=row.complete_at is not None,
            after=row.after_item_id,
        )
        for row in rows
    }
    wrong = [place for place, each in enumerate(reports) if each.item_id not in items]
    if wrong:
        raise NotStudied(
            fields=[
                FieldError(
                    field=f"/reports/{place}/item_id", code="unknown", message="不是本班级的视频或文档课时。"
                )
                for place in wrong
            ]
        )
    complete = frozenset(row.after_item_id for row in rows if row.before_complete_at is not None)
    return items, complete


def _clock(study_session: StudySession, now: datetime) -> Clock:
    return Clock(
        opened=study_session.opened_ms,
        until=max(milliseconds(now), study_session.until_ms),
        passes=union((start, end) for start, end in study_session.passes),
        used=union((start, end) for start, end in study_session.used),
    )


def _judged(given: GivenReport, study_session: StudySession) -> Report:
    return Report(
        report_id=given.report_id,
        item_id=given.item_id,
        span=(given.from_seconds, given.to_seconds),
        pass_span=_pass_span(given.claims, study_session),
    )


def _pass_span(claims: Mapping[str, Any] | None, study_session: StudySession) -> Span | None:
    """The time of the pass, when it was given to this learner, in this class, for study (S6)."""
    if claims is None:
        return None
    wanted = {
        "sub": str(study_session.account_id),
        "enr": str(study_session.enrolment_id),
        "cls": str(study_session.class_id),
        "use": "study",
    }
    if any(claims.get(name) != value for name, value in wanted.items()):
        return None
    return int(claims["nbf"] * 1000), int(claims["exp"] * 1000)


def _video_by_day(
    session: Session, study_session: StudySession, clock: Clock, course: Course
) -> dict[date, int]:
    if course.daily_video_seconds is None or not course.open:
        return {}
    rows = session.execute(
        sa.select(StudyDay.day, StudyDay.video_seconds).where(
            StudyDay.enrolment_id == study_session.enrolment_id,
            StudyDay.day.between(day_of(clock.opened), day_of(clock.until)),
        )
    )
    return {row.day: row.video_seconds for row in rows}
