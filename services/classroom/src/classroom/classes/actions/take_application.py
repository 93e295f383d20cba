"""Loading an application for a change: class first, then application, both locked, always in this order."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from chassis.db import locked
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.models import Application, TrainingClass
from classroom.classes.queries.reach import ApplicationNotFound, get_application


def take_application(
    session: Session, *, actor: Actor, application_id: uuid.UUID, kind: str | None = None
) -> tuple[TrainingClass, Application]:
    """The application within the actor's reach, and its class. Raises ApplicationNotFound.

    Whoever waits here for another's decision reads the outcome of it afterwards.
    """
    found = get_application(session, actor=actor, application_id=application_id)
    if kind is not None and found.kind != kind:
        raise ApplicationNotFound
    return lock_application(session, application_id=application_id)


def lock_application(session: Session, *, application_id: uuid.UUID) -> tuple[TrainingClass, Application]:
    """The same for what another service says. Raises ApplicationNotFound when the draft was deleted."""
    class_id = session.scalar(sa.select(Application.class_id).where(Application.id == application_id))
    training_class = None if class_id is None else locked(session, TrainingClass, class_id)
    application = None if training_class is None else locked(session, Application, application_id)
    if training_class is None or application is None:
        raise ApplicationNotFound
    return training_class, application
