"""添加学员: one person onto the roster, in draft or while open (K9)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from chassis.clock import shanghai_day
from chassis.db import refusing
from chassis.ids import new_id
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.roster.actions.entries import entry_columns
from classroom.roster.actions.judge import DocumentRepeated, judged
from classroom.roster.actions.room import class_with_open_roster, heard_by_others, make_room
from classroom.roster.events import announce_enrolment
from classroom.roster.models import DocumentCipher, Enrolment
from classroom.roster.rules.entries import Problem


def add_enrolment(
    session: Session,
    *,
    actor: Actor,
    class_id: uuid.UUID,
    person: Mapping[str, str],
    cipher: DocumentCipher,
    now: datetime,
) -> tuple[Enrolment, list[Problem]]:
    """The new enrolment and the warnings about it.

    Raises WrongClassState, EnrolmentWrong, RosterFull or DocumentRepeated (K8).
    """
    training_class = class_with_open_roster(session, actor=actor, class_id=class_id, doing="添加学员")
    entry, warnings = judged(person=person, today=shanghai_day(now))
    enrolment_id = new_id()
    enrolment = Enrolment(
        id=enrolment_id,
        class_id=class_id,
        created_at=now,
        updated_at=now,
        **entry_columns(entry=entry, enrolment_id=enrolment_id, cipher=cipher),
    )
    with refusing(session, {"uq_enrolments_document": DocumentRepeated()}):
        session.add(enrolment)
    make_room(session, training_class=training_class, people=1, now=now)
    if heard_by_others(training_class):
        announce_enrolment(session, enrolment=enrolment, now=now)
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="add_enrolment",
        summary=f"添加学员 {entry.name}",
        now=now,
    )
    return enrolment, warnings
