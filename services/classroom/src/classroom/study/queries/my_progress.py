"""What a learner has of the items of a class, in play order (K17–K19, C5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from chassis.clock import shanghai_day
from sqlalchemy.orm import Session, aliased

from classroom.study.models import ItemProgress, StudyClass, StudyDay, StudyItem, StudyLearner, StudyState
from classroom.study.rules.study_time import hindrance, milliseconds


@dataclass(frozen=True, kw_only=True)
class MyItem:
    """One item with the learner's own progress; ``open`` is false while the item before it is not complete."""

    item_id: UUID
    course_id: UUID
    course_name: str
    kind: str
    title: str
    seconds: int
    learned_seconds: int
    watched: list[list[int]]
    complete: bool
    open: bool


@dataclass(frozen=True, kw_only=True)
class MyStudy:
    """The learner's page of one class, as far as study knows it."""

    study_class: StudyClass
    learner: StudyLearner
    items: Sequence[MyItem]
    today_video_seconds: int
    hindrance: str | None
    """Why nothing would be credited at this moment (X12)."""


def my_study(session: Session, *, class_id: UUID, account_id: UUID, now: datetime) -> MyStudy | None:
    """None when the account has not joined the class."""
    found = session.execute(
        sa.select(StudyClass, StudyLearner, StudyDay.video_seconds)
        .join(StudyLearner, StudyLearner.class_id == StudyClass.class_id)
        .outerjoin(
            StudyDay,
            (StudyDay.enrolment_id == StudyLearner.enrolment_id) & (StudyDay.day == shanghai_day(now)),
        )
        .where(StudyClass.class_id == class_id, StudyLearner.account_id == account_id)
    ).one_or_none()
    if found is None:
        return None
    study_class, learner, today = found
    return MyStudy(
        study_class=study_class,
        learner=learner,
        items=my_items(session, class_id=class_id, enrolment_id=learner.enrolment_id),
        today_video_seconds=today or 0,
        hindrance=_hindrance(study_class, today or 0, now),
    )


def my_items(session: Session, *, class_id: UUID, enrolment_id: UUID) -> list[MyItem]:
    """All items of the class with the progress of one enrolment, in one statement."""
    own, before = aliased(ItemProgress), aliased(ItemProgress)
    rows = session.execute(
        sa.select(StudyItem, own.seconds, own.watched, own.complete_at, before.complete_at.label("before_at"))
        .outerjoin(own, (own.enrolment_id == enrolment_id) & (own.item_id == StudyItem.item_id))
        .outerjoin(
            before, (before.enrolment_id == enrolment_id) & (before.item_id == StudyItem.after_item_id)
        )
        .where(StudyItem.class_id == class_id)
        .order_by(StudyItem.position)
    )
    return [
        MyItem(
            item_id=item.item_id,
            course_id=item.course_id,
            course_name=item.course_name,
            kind=item.kind,
            title=item.title,
            seconds=item.seconds,
            learned_seconds=seconds or 0,
            watched=watched or [],
            complete=complete_at is not None,
            open=item.after_item_id is None or before_at is not None,
        )
        for item, seconds, watched, complete_at, before_at in rows
    ]


def _hindrance(study_class: StudyClass, today: int, now: datetime) -> str | None:
    if study_class.state != StudyState.OPEN:
        return "closed"
    closed_now = hindrance(study_class.timetable, now=milliseconds(now))
    if closed_now is None and study_class.daily_video_seconds is not None:
        return "limit_reached" if today >= study_class.daily_video_seconds else None
    return closed_now
