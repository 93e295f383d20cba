"""Projections of what classroom says of classes and enrolments."""

from collections.abc import Sequence

import bus
from chassis import clock
from sqlalchemy.orm import Session

from exam.actions import keep_classes as keep
from exam.models import ClassExam, ClassLearner


def keep_classes(session: Session, events: Sequence[bus.Event]) -> None:
    """classroom.class.changed.v1: the newest state of each class counts."""
    states = [(event.sequence, event.data) for event in bus.latest(events)]
    keep.keep_classes(session, states, now=clock.now())


def keep_learners(session: Session, events: Sequence[bus.Event]) -> None:
    """classroom.enrolment.changed.v1: the newest state of each enrolment counts."""
    keep.keep_learners(session, [(event.sequence, event.data) for event in bus.latest(events)])


def clear_classes(session: Session) -> None:
    """Before a rebuild."""
    keep.clear(session, [ClassExam])


def clear_learners(session: Session) -> None:
    """Before a rebuild."""
    keep.clear(session, [ClassLearner])
