"""办理结业: everything closes at once, then it is counted (K27)."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import refusing
from chassis.ids import new_id
from chassis.web import Actor, check_version
from sqlalchemy.orm import Session

from classroom.classes.actions.announce_class import announce_class
from classroom.classes.actions.move_class import move_class
from classroom.classes.actions.prepare_opening import ApplicationPending
from classroom.classes.events import announce_closing
from classroom.classes.models import Application
from classroom.classes.queries.reach import get_class
from classroom.classes.rules.applications import ApplicationState, Kind
from classroom.classes.rules.states import Step, after
from classroom.study.actions.change_class import close_class


def apply_graduation(
    session: Session, *, actor: Actor, class_id: uuid.UUID, version: int | None, now: datetime
) -> Application:
    """Close study, joining, exams, replay and the roster, and ask exam to hand in what runs.

    Raises WrongClassState unless the class is open, ChangedMeanwhile when it is not as the caller read it,
    ApplicationPending when another was first.
    """
    training_class = get_class(session, actor=actor, class_id=class_id, lock=True)
    after(
        state=training_class.class_state, step=Step.APPLY_GRADUATION
    )  # a wrong state counts before a wrong version
    if version is not None:
        check_version(training_class, version)
    move_class(session, training_class=training_class, step=Step.APPLY_GRADUATION, actor=actor, now=now)
    application = Application(
        id=new_id(),
        class_id=class_id,
        kind=Kind.GRADUATION.value,
        state=ApplicationState.COUNTING.value,
        provider_id=training_class.provider_id,
        dealer_id=training_class.dealer_id,
        prepared_by=actor.account_id,
        prepared_by_name=actor.name,
        submitted_by=actor.account_id,
        submitted_by_name=actor.name,
        submitted_at=now,
        planned_headcount=training_class.planned_headcount,
        epoch=training_class.epoch,
        created_at=now,
        updated_at=now,
    )
    with refusing(session, {"uq_applications_pending": ApplicationPending()}):
        session.add(application)
    close_class(session, class_id=class_id, epoch=training_class.epoch, now=now)
    announce_closing(session, training_class=training_class, now=now)
    announce_class(session, training_class=training_class, now=now)
    return application
