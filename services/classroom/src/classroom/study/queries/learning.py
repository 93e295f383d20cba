"""The teacher's learning table (K20): one row per learner, set-based, whatever the size of the class."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.clock import shanghai_day, shanghai_midnight
from chassis.web import paginate
from sqlalchemy.orm import Session

from classroom.roster.models import DocumentCipher, Enrolment
from classroom.roster.rules.document_numbers import tidy_number
from classroom.roster.rules.names import name_key
from classroom.study.models import StudyAttempt, StudyClass, StudyDay, StudyLearner
from classroom.study.rules.completion import AttemptKind


def learning_table(
    session: Session, *, class_id: UUID, args: Mapping[str, Any], cipher: DocumentCipher, now: datetime
) -> dict[str, Any]:
    """A numbered page of learners in the order of the roster.

    ``args``: status "finished"/"unfinished", check_in "today"/"not_today", text (part of a name or contact, or a
    whole document number).
    """
    select = _rows(class_id)
    if args.get("status"):
        finished = _finished()
        select = select.where(finished if args["status"] == "finished" else sa.not_(finished))
    if args.get("check_in"):
        today = sa.func.coalesce(
            StudyLearner.last_check_in_at >= shanghai_midnight(shanghai_day(now)), sa.false()
        )
        select = select.where(today if args["check_in"] == "today" else sa.not_(today))
    if args.get("text"):
        select = select.where(_matches(args["text"], cipher))
    return paginate(session, select.order_by(Enrolment.id), dict(args), rows=lambda result: result.all())


def one_learner(session: Session, *, class_id: UUID, enrolment_id: UUID) -> Any | None:
    """The table's row of one learner; None when it is not on this class's roster."""
    return session.execute(_rows(class_id).where(Enrolment.id == enrolment_id)).one_or_none()


def daily_figures(session: Session, *, class_id: UUID) -> list[Any]:
    """Per Shanghai day: how many learners studied, and how long (按日统计学习情况), the latest first."""
    select = (
        sa.select(
            StudyDay.day,
            sa.func.count().label("learners"),
            sa.func.sum(StudyDay.video_seconds).label("video_seconds"),
            sa.func.sum(StudyDay.document_seconds).label("document_seconds"),
        )
        .where(StudyDay.class_id == class_id)
        .group_by(StudyDay.day)
        .order_by(StudyDay.day.desc())
    )
    return list(session.execute(select))


def _rows(class_id: UUID) -> sa.Select[Any]:
    best = (
        sa.select(
            StudyAttempt.enrolment_id,
            sa.func.max(StudyAttempt.score).label("best"),
            sa.func.count().label("attempts"),
        )
        .where(StudyAttempt.class_id == class_id, StudyAttempt.kind == AttemptKind.EXAM.value)
        .group_by(StudyAttempt.enrolment_id)
        .subquery()
    )
    return (
        sa.select(
            Enrolment.id.label("enrolment_id"),
            Enrolment.name,
            Enrolment.contact,
            Enrolment.joined_at,
            _finished().label("finished"),
            best.c.best.label("exam_score"),
            sa.func.coalesce(best.c.attempts, 0).label("exam_attempts"),
            sa.func.coalesce(StudyClass.course_seconds, 0).label("course_seconds"),
            sa.func.coalesce(StudyClass.item_count, 0).label("item_count"),
            sa.func.coalesce(StudyLearner.learned_seconds, 0).label("learned_seconds"),
            sa.func.coalesce(StudyLearner.complete_items, 0).label("complete_items"),
            StudyLearner.last_study_at,
            sa.func.coalesce(StudyLearner.days_checked_in, 0).label("days_checked_in"),
            StudyLearner.last_check_in_at,
        )
        .outerjoin(StudyClass, StudyClass.class_id == Enrolment.class_id)
        .outerjoin(StudyLearner, StudyLearner.enrolment_id == Enrolment.id)
        .outerjoin(best, best.c.enrolment_id == Enrolment.id)
        .where(Enrolment.class_id == class_id)
    )


def _finished() -> sa.ColumnElement[bool]:
    """Finished: the last item complete; in a class without items whoever has joined (K19)."""
    without_items = (StudyClass.item_count == 0) & StudyLearner.enrolment_id.is_not(None)
    return sa.func.coalesce(StudyLearner.finished_at.is_not(None) | without_items, sa.false())


def _matches(text: str, cipher: DocumentCipher) -> sa.ColumnElement[bool]:
    ways = [
        Enrolment.contact.icontains(text, autoescape=True),
        Enrolment.document_index == cipher.index(tidy_number(text)),
    ]
    if name_key(text):
        ways.append(Enrolment.name_key.contains(name_key(text), autoescape=True))
    return sa.or_(*ways)
