"""The present states of classes and enrolments, for a consumer that builds its projection anew."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from classroom.classes.events import class_state
from classroom.classes.models import Application, TrainingClass
from classroom.classes.queries.packages import exam_paper, package_of
from classroom.classes.queries.staff import staff_ids
from classroom.classes.rules.states import ClassState
from classroom.roster.events import enrolment_state
from classroom.roster.models import Enrolment

CHUNK = 500

State = tuple[tuple[str, uuid.UUID], str, dict[str, Any]]


def present_classes(session: Session) -> Iterator[State]:
    """classroom.class.changed.v1 of every class that was ever announced: drafts only after a failed opening."""
    applied = sa.select(Application.class_id).where(Application.submitted_at.is_not(None))
    announced = (TrainingClass.state != ClassState.DRAFT) | TrainingClass.id.in_(applied)
    select = sa.select(TrainingClass).where(announced).order_by(TrainingClass.id)
    for each in session.scalars(select.execution_options(yield_per=CHUNK)):
        data = class_state(
            training_class=each,
            teachers=staff_ids(session, class_id=each.id),
            exam_paper=exam_paper(package_of(session, training_class=each)),
        )
        yield ("class", each.id), f"class/{each.id}", data


def present_enrolments(session: Session) -> Iterator[State]:
    """classroom.enrolment.changed.v1 of every enrolment of a class that has been opened."""
    opened = sa.select(TrainingClass.id).where(TrainingClass.opened_at.is_not(None))
    select = sa.select(Enrolment).where(Enrolment.class_id.in_(opened)).order_by(Enrolment.id)
    for each in session.scalars(select.execution_options(yield_per=CHUNK)):
        yield ("enrolment", each.id), f"enrolment/{each.id}", enrolment_state(enrolment=each)
