"""Taking an application back before the first decision (K5)."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.announce_class import announce_class
from classroom.classes.actions.audit import write_audit
from classroom.classes.actions.move_class import move_class
from classroom.classes.actions.take_application import take_application
from classroom.classes.models import Application
from classroom.classes.rules.applications import ApplicationState, Kind, require_withdrawable
from classroom.classes.rules.states import Step
from classroom.study.actions.change_class import reopen_class


def withdraw_opening(
    session: Session, *, actor: Actor, application_id: uuid.UUID, now: datetime
) -> Application:
    """Back to draft; what was only prepared is dropped. Raises WithdrawnTooLate, WrongApplicationState."""
    training_class, application = take_application(
        session, actor=actor, application_id=application_id, kind=Kind.OPENING
    )
    if application.application_state is ApplicationState.PREPARED:
        _end(application, now)
        write_audit(
            session,
            training_class=training_class,
            actor=actor,
            action="drop_opening",
            summary="取消尚未提交的开班申请",
            now=now,
        )
        return application
    require_withdrawable(state=application.application_state)
    _end(application, now)
    move_class(session, training_class=training_class, step=Step.WITHDRAW_OPENING, actor=actor, now=now)
    announce_class(session, training_class=training_class, now=now)
    return application


def withdraw_graduation(
    session: Session, *, actor: Actor, application_id: uuid.UUID, now: datetime
) -> Application:
    """All that was closed is open again, under a new epoch (K27). Raises WithdrawnTooLate,
    WrongApplicationState."""
    training_class, application = take_application(
        session, actor=actor, application_id=application_id, kind=Kind.GRADUATION
    )
    require_withdrawable(state=application.application_state)
    _end(application, now)
    move_class(session, training_class=training_class, step=Step.WITHDRAW_GRADUATION, actor=actor, now=now)
    reopen_class(session, class_id=training_class.id, epoch=training_class.epoch, now=now)
    announce_class(session, training_class=training_class, now=now)
    return application


def _end(application: Application, now: datetime) -> None:
    application.state = ApplicationState.WITHDRAWN.value
    application.ended_at = application.updated_at = now
