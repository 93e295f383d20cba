"""首页: what a person of the provider sees of the classes within reach, in four statements however many there are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from chassis.clock import shanghai_day
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.models import TrainingClass
from classroom.classes.queries.reach import reachable_classes
from classroom.classes.rules.states import ClassState
from classroom.study.models import StudyDay, StudyLearner

DAYS = 14
STUDYING_FOR = timedelta(minutes=5)
"""Two study passes and a half: who is at it has reported within this time, also over a bad network (S6)."""


def home_figures(session: Session, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Classes by state, running ones, learners studying now, and the study of the last fourteen Shanghai days.

    A learner studies now when study was credited within the last five minutes: a page that is merely open does not
    count. Learners are people: whoever studies in two classes is counted once.
    """
    today = shanghai_day(now)
    return {
        "classes": _by_state(session, actor),
        "running": _running(session, actor, today),
        "studying_now": _studying_since(session, actor, now - STUDYING_FOR),
        "days": _days(session, actor, today),
    }


def _within_reach(actor: Actor) -> sa.Select[Any]:
    return sa.select(TrainingClass.id).where(reachable_classes(actor=actor))


def _by_state(session: Session, actor: Actor) -> dict[str, int]:
    rows = session.execute(
        sa.select(TrainingClass.state, sa.func.count())
        .where(reachable_classes(actor=actor))
        .group_by(TrainingClass.state)
    )
    found = dict(rows.tuples().all())
    return {state.value: found.get(state.value, 0) for state in ClassState}


def _running(session: Session, actor: Actor, today: date) -> int:
    select = sa.select(sa.func.count()).where(
        reachable_classes(actor=actor),
        TrainingClass.state == ClassState.OPEN,
        TrainingClass.start_day <= today,
        TrainingClass.end_day >= today,
    )
    return session.scalar(select) or 0


def _studying_since(session: Session, actor: Actor, since: datetime) -> int:
    open_ones = _within_reach(actor).where(TrainingClass.state == ClassState.OPEN)
    select = sa.select(sa.func.count(sa.distinct(StudyLearner.account_id))).where(
        StudyLearner.class_id.in_(open_ones), StudyLearner.last_study_at >= since
    )
    return session.scalar(select) or 0


def _days(session: Session, actor: Actor, today: date) -> list[dict[str, Any]]:
    first = today - timedelta(days=DAYS - 1)
    rows = session.execute(
        sa.select(
            StudyDay.day,
            sa.func.count(sa.distinct(StudyLearner.account_id)).label("learners"),
            sa.func.sum(StudyDay.video_seconds).label("video_seconds"),
            sa.func.sum(StudyDay.document_seconds).label("document_seconds"),
        )
        .join(StudyLearner, StudyLearner.enrolment_id == StudyDay.enrolment_id)
        .where(StudyDay.class_id.in_(_within_reach(actor)), StudyDay.day >= first)
        .group_by(StudyDay.day)
    )
    found = {row.day: row._asdict() for row in rows}
    nothing = {"learners": 0, "video_seconds": 0, "document_seconds": 0}
    days = [first + timedelta(days=place) for place in range(DAYS)]
    return [found.get(day, {"day": day, **nothing}) for day in days]
