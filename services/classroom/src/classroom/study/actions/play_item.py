"""An item is opened, where it may be at this moment (C5, K4, K17), or seen again after the end (K3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from chassis.clock import shanghai_day
from chassis.db import insert
from chassis.errors import Conflict
from sqlalchemy.orm import Session

from classroom.study.actions.open_session import OutsideDays, require_item_open, require_open
from classroom.study.models import DocumentOpening, StudyClass, StudyDay, StudyItem
from classroom.study.rules.completion import STUDIED, Kind
from classroom.study.rules.reasons import text_of
from classroom.study.rules.study_time import hindrance, milliseconds


class OutsideWindow(Conflict):
    """K4: the windows stop videos and documents."""

    code = "classroom.study.class.outside_window"
    title = "现在不在允许学习的时间段内"
    next_step = "请在班级页面查看允许学习的时间段，到时再学习。"


class DailyLimitReached(Conflict):
    """K4: the daily limit stops videos only."""

    code = "classroom.study.class.limit_reached"
    title = "今天的视频学习时长已达到上限"
    next_step = "请明天继续观看视频；今天仍可阅读文档、做练习和参加考试。"


def play_item(
    session: Session,
    *,
    class_id: UUID,
    enrolment_id: UUID,
    item_id: UUID,
    replay_until: date | None,
    now: datetime,
) -> StudyItem:
    """The item, when it may be opened; of a document that is kept, since nothing of one is credited that was never
    opened (K18). ``replay_until`` is the last day on which videos and documents are seen
    again after the end; that counts for nothing, for nothing is credited outside the class's days (K19).

    Raises StudyClosed, ItemUnknown, ItemLocked, OutsideDays, OutsideWindow or DailyLimitReached.
    """
    study_class = require_open(session, class_id=class_id)
    item = require_item_open(session, class_id=class_id, enrolment_id=enrolment_id, item_id=item_id)
    timetable = study_class.timetable
    if replay_until is not None and item.kind in STUDIED:
        timetable = replace(timetable, end_day=replay_until)
    hindered = hindrance(timetable, now=milliseconds(now))
    if hindered == "outside_days":
        raise OutsideDays.of(study_class)
    if hindered is not None and item.kind in STUDIED:
        raise OutsideWindow(text_of(hindered))
    if item.kind == Kind.VIDEO:
        _require_left(session, study_class, enrolment_id, shanghai_day(now))
    if item.kind == Kind.DOCUMENT:
        note_opened(session, item=item, enrolment_id=enrolment_id, now=now)
    return item


def note_opened(session: Session, *, item: StudyItem, enrolment_id: UUID, now: datetime) -> None:
    """Keeps when the learner opened the document for the first time."""
    statement = insert(session, DocumentOpening).values(
        enrolment_id=enrolment_id, item_id=item.item_id, opened_at=now
    )
    session.execute(statement.on_conflict_do_nothing(index_elements=["enrolment_id", "item_id"]))


def _require_left(session: Session, study_class: StudyClass, enrolment_id: UUID, today: date) -> None:
    if study_class.daily_video_seconds is None:
        return
    studied = session.get(StudyDay, (enrolment_id, today))
    if studied is not None and studied.video_seconds >= study_class.daily_video_seconds:
        raise DailyLimitReached
