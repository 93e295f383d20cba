"""The class announcement (班级公告), in draft and while open (K14, K22)."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.web import Actor, check_version
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import assign, write_audit
from classroom.classes.models import TrainingClass
from classroom.classes.queries.reach import get_class
from classroom.classes.rules.states import ROSTER_OPEN, require_state


def change_announcement(
    session: Session, *, actor: Actor, class_id: uuid.UUID, version: int, announcement: str, now: datetime
) -> TrainingClass:
    """Say something else to the learners. Raises WrongClassState, ChangedMeanwhile."""
    training_class = get_class(session, actor=actor, class_id=class_id, lock=True)
    require_state(state=training_class.class_state, allowed=ROSTER_OPEN, doing="修改公告")
    check_version(training_class, version)
    changes = assign(training_class, {"announcement": announcement})
    training_class.updated_at = now
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="change_announcement",
        summary="修改班级公告",
        changes=changes,
        now=now,
    )
    return training_class
