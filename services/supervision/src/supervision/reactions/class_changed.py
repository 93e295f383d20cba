"""Projections of what classroom says of classes and enrolments."""

from collections.abc import Sequence

import bus
from sqlalchemy.orm import Session

from supervision.actions.keep_classes import clear, keep_learners, keep_policies
from supervision.models import ClassLearner, ClassPolicy


def keep_classes(session: Session, events: Sequence[bus.Event]) -> None:
    """classroom.class.changed.v1: the newest state of each class counts."""
    keep_policies(session, [(event.sequence, event.data) for event in bus.latest(events)])


def keep_enrolments(session: Session, events: Sequence[bus.Event]) -> None:
    """classroom.enrolment.changed.v1: the newest state of each enrolment counts."""
    keep_learners(session, [(event.sequence, event.data) for event in bus.latest(events)])


def clear_classes(session: Session) -> None:
    """Before a rebuild."""
    clear(session, [ClassPolicy])


def clear_enrolments(session: Session) -> None:
    """Before a rebuild."""
    clear(session, [ClassLearner])
