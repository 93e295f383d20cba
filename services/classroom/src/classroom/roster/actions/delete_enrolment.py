"""Deleting somebody from the roster: in draft only (K9)."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.classes.queries.reach import get_class
from classroom.classes.rules.states import DRAFT, require_state
from classroom.roster.actions.room import make_room
from classroom.roster.queries.find_enrolments import get_enrolment


def delete_enrolment(
    session: Session, *, actor: Actor, class_id: uuid.UUID, enrolment_id: uuid.UUID, now: datetime
) -> None:
    """Remove the enrolment and free its place. Raises WrongClassState after the opening."""
    training_class = get_class(session, actor=actor, class_id=class_id, lock=True)
    require_state(state=training_class.class_state, allowed=DRAFT, doing="删除报名学员")
    enrolment = get_enrolment(session, class_id=class_id, enrolment_id=enrolment_id)
    name = enrolment.name
    session.delete(enrolment)
    session.flush()
    make_room(session, training_class=training_class, people=-1, now=now)
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="delete_enrolment",
        summary=f"删除学员 {name}",
        now=now,
    )
