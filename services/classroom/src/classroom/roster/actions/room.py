"""The roster's room in its class: never more than the planned headcount, never beside the class's state."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from chassis.db import refusing
from chassis.errors import Conflict
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.models import TrainingClass
from classroom.classes.queries.reach import get_class
from classroom.classes.rules.states import ROSTER_OPEN, ClassState, require_state


class RosterFull(Conflict):
    """More people than the planned headcount has room for (K8)."""

    code = "classroom.roster.full"
    title = "报名人数超过预计培训人数"
    next_step = "请在班级设置中增加预计培训人数；开班后请联系商务专员增加名额。"


def class_with_open_roster(
    session: Session, *, actor: Actor, class_id: uuid.UUID, doing: str
) -> TrainingClass:
    """The class, locked: two changes of one roster go one after the other.

    Raises ClassNotFound, or WrongClassState in a review or after graduation (K5, K9).
    """
    training_class = get_class(session, actor=actor, class_id=class_id, lock=True)
    require_state(state=training_class.class_state, allowed=ROSTER_OPEN, doing=doing)
    return training_class


def make_room(session: Session, *, training_class: TrainingClass, people: int, now: datetime) -> None:
    """Count `people` in (or out, when negative). The database holds the limit. Raises RosterFull (K8).

    The class's version stays: who edits its settings is not disturbed by the roster.
    """
    places = training_class.planned_headcount - training_class.enrolled
    full = RosterFull(
        f"预计培训 {training_class.planned_headcount} 人，已报名 {training_class.enrolled} 人，"
        f"还可报名 {places} 人，本次新增 {people} 人。",
        places=places,
    )
    if people > places:
        raise full
    with refusing(session, {"ck_training_classes_enrolled": full}):
        session.execute(
            sa.update(TrainingClass)
            .where(TrainingClass.id == training_class.id)
            .values(enrolled=TrainingClass.enrolled + people, updated_at=now)
            .execution_options(synchronize_session=False)
        )
    session.expire(training_class, ["enrolled", "updated_at"])


def heard_by_others(training_class: TrainingClass) -> bool:
    """Whether other services know the roster: they hear of it at the opening, not before."""
    return training_class.class_state is not ClassState.DRAFT
