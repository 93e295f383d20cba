"""Deleting a draft (K5)."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.classes.models import TrainingClass
from classroom.classes.queries.reach import get_class
from classroom.classes.rules.states import DRAFT, require_state


def delete_draft(session: Session, *, actor: Actor, class_id: uuid.UUID, now: datetime) -> None:
    """Delete the draft with its roster and applications; the audit log stays. Raises WrongClassState."""
    training_class = get_class(session, actor=actor, class_id=class_id, lock=True)
    require_state(state=training_class.class_state, allowed=DRAFT, doing="删除")
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="delete_draft",
        summary=f"删除未开班的班级“{training_class.name}”，名单 {training_class.enrolled} 人",
        now=now,
    )
    session.expunge(training_class)
    session.execute(sa.delete(TrainingClass).where(TrainingClass.id == class_id))
