"""An enrolment has joined and may study (K15)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.db import locked_shared
from sqlalchemy.orm import Session

from classroom.study.actions.change_class import StudyClassUnknown, StudyClosed
from classroom.study.models import StudyClass, StudyLearner, StudyState


def add_learner(
    session: Session, *, class_id: UUID, enrolment_id: UUID, account_id: UUID, now: datetime
) -> StudyLearner:
    """Raises StudyClosed once the class is closing: it shares the class's row with everything that is counted."""
    study_class = locked_shared(session, StudyClass, class_id)
    if study_class is None:
        raise StudyClassUnknown
    if study_class.state != StudyState.OPEN:
        raise StudyClosed
    learner = StudyLearner(enrolment_id=enrolment_id, class_id=class_id, account_id=account_id, joined_at=now)
    session.add(learner)
    session.flush()
    return learner
