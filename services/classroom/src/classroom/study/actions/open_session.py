"""A page opens to study; the newer one takes over from the older (X7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from chassis.db import locked_shared, refusing
from chassis.errors import Conflict, NotFound
from sqlalchemy.orm import Session

from classroom.study.actions.change_class import StudyClassUnknown, StudyClosed
from classroom.study.models import (
    ItemProgress,
    StudyClass,
    StudyItem,
    StudyLearner,
    StudyReport,
    StudySession,
    StudyState,
)
from classroom.study.rules.study_time import hindrance, milliseconds, moment_of

KEPT_WITHOUT_CREDIT = 20
"""Ended sessions of an account in which nothing was credited: so many are kept, for their pages to be told (X7)."""


class OutsideDays(Conflict):
    """K17: from the start day to the end day."""

    code = "classroom.study.class.outside_days"
    title = "不在班级的学习日期内"
    next_step = "请在开课日期与结课日期之间学习。"

    @classmethod
    def of(cls, study_class: StudyClass) -> OutsideDays:
        """With the days of this class."""
        start, end = study_class.start_day.isoformat(), study_class.end_day.isoformat()
        return cls(f"班级的学习日期是 {start} 至 {end}。", start_day=start, end_day=end)


class ItemUnknown(NotFound):
    """Not an item of this class."""

    code = "classroom.study.item.not_found"
    title = "课时不存在"
    next_step = "请刷新班级页面，查看最新的课程目录。"


class ItemLocked(Conflict):
    """C5: in sequential order an item opens when the one before it is complete."""

    code = "classroom.study.item.locked"
    title = "上一课时尚未学完，本课时未开放"
    next_step = "请按顺序先学完上一课时。"


class OpenedElsewhere(Conflict):
    """Two pages opened at the very same moment."""

    code = "classroom.study.session.opened_elsewhere"
    title = "另一页面同时开始了学习"
    next_step = "请只保留一个学习页面，然后重试。"


@dataclass(frozen=True, kw_only=True)
class OpenedSession:
    """The new session, whether it took over from another, and why nothing would be credited right now (X12)."""

    session: StudySession
    took_over: bool
    hindrance: str | None


def open_session(
    session: Session, *, class_id: UUID, account_id: UUID, device: str, item_id: UUID | None, now: datetime
) -> OpenedSession:
    """Begins the account's one active study session in a class that it has joined; an older one ends now (X7).

    Raises StudyClassUnknown, StudyClosed, OutsideDays, ItemUnknown, ItemLocked or OpenedElsewhere.
    """
    learner = session.scalar(
        sa.select(StudyLearner).where(
            StudyLearner.class_id == class_id, StudyLearner.account_id == account_id
        )
    )
    if learner is None:
        raise StudyClassUnknown
    opened_ms, took_over = _take_over(session, account_id=account_id, now=now)
    # Sessions before classes: the order in which everything takes its locks.
    study_class = require_open(session, class_id=class_id)
    if hindrance(study_class.timetable, now=milliseconds(now)) == "outside_days":
        raise OutsideDays.of(study_class)
    if item_id is not None:
        require_item_open(session, class_id=class_id, enrolment_id=learner.enrolment_id, item_id=item_id)
    opened = StudySession(
        account_id=account_id,
        class_id=class_id,
        enrolment_id=learner.enrolment_id,
        device=device,
        item_id=item_id,
        opened_at=moment_of(opened_ms),
        opened_ms=opened_ms,
        until_ms=opened_ms,
        passes=[],
        used=[],
    )
    with refusing(session, {"uq_study_sessions_active": OpenedElsewhere()}):
        session.add(opened)
    return OpenedSession(
        session=opened, took_over=took_over, hindrance=hindrance(study_class.timetable, now=opened_ms)
    )


def require_open(session: Session, *, class_id: UUID) -> StudyClass:
    """The class, its row shared, when study in it is not closed (K27)."""
    study_class = locked_shared(session, StudyClass, class_id)
    if study_class is None:
        raise StudyClassUnknown
    if study_class.state != StudyState.OPEN:
        raise StudyClosed
    return study_class


def require_item_open(session: Session, *, class_id: UUID, enrolment_id: UUID, item_id: UUID) -> StudyItem:
    """The item, when the one before it is complete (C5)."""
    item = session.get(StudyItem, (class_id, item_id))
    if item is None:
        raise ItemUnknown
    if item.after_item_id is not None:
        before = session.get(ItemProgress, (enrolment_id, item.after_item_id))
        if before is None or before.complete_at is None:
            raise ItemLocked(item_id=str(item.after_item_id))
    return item


def _take_over(session: Session, *, account_id: UUID, now: datetime) -> tuple[int, bool]:
    """Ends the account's active session and answers where the new one's clock may begin, and whether there was one.

    A session ends only by a takeover, so the active one is the account's latest; the new one never begins before its
    end, even if the server's clock was set back: no second counts twice. Its reports are refused from now on, so their
    verdicts go.
    """
    _forget_without_credit(session, account_id=account_id)
    active = session.scalar(
        sa.select(StudySession)
        .where(StudySession.account_id == account_id, StudySession.ended_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if active is None:
        return milliseconds(now), False
    begin = max(milliseconds(now), active.until_ms)
    active.until_ms = begin
    active.ended_at = moment_of(begin)
    session.execute(sa.delete(StudyReport).where(StudyReport.session_id == active.id))
    session.flush()
    return begin, True


def _forget_without_credit(session: Session, *, account_id: UUID) -> None:
    """Deletes all but the latest ended sessions that stand for nothing. Before the active one is locked: sessions are
    locked in the order of their ids."""
    ended = (StudySession.account_id == account_id) & StudySession.ended_at.is_not(None)
    idle = ended & (StudySession.credited_seconds == 0)
    kept = sa.select(StudySession.id).where(idle).order_by(StudySession.id.desc()).limit(KEPT_WITHOUT_CREDIT)
    session.execute(
        sa.delete(StudySession)
        .where(idle, StudySession.id.not_in(kept))
        .execution_options(synchronize_session=False)
    )
