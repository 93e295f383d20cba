"""Projections of what classroom says of classes and enrolments."""

from collections.abc import Sequence

import bus
from chassis import clock
from sqlalchemy.orm import Session

from exam.actions.keep_classes import clear, keep_class, keep_learner
from exam.models import ClassExam, ClassLearner


def keep_classes(session: Session, events: Sequence[bus.Event]) -> None:
    """classroom.class.changed.v1: the newest state of each class counts."""
    now = clock.now()
    for event in bus.latest(events):
        keep_class(session, event.data, version=event.sequence, now=now)


def keep_learners(session: Session, events: Sequence[bus.Event]) -> None:
    """classroom.enrolment.changed.v1: the newest state of each enrolment counts."""
    for event in bus.latest(events):
        keep_learner(session, event.data, version=event.sequence)


def clear_classes(session: Session) -> None:
    """Before a rebuild."""
    clear(session, [ClassExam])


def clear_learners(session: Session) -> None:
    """Before a rebuild."""
    clear(session, [ClassLearner])
