"""Supervision has recorded a check-in; study keeps what its pages show of it (K20)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from bus import NotYet
from chassis.db import UtcDateTime
from sqlalchemy.orm import Session

from classroom.study.models import StudyLearner


def record_check_in(session: Session, *, enrolment_id: UUID, at: datetime, days_checked_in: int) -> None:
    """Takes the greater figures, so that order and repetition of the events make no difference.

    Raises NotYet when the learner has not joined here.
    """
    later = StudyLearner.last_check_in_at.is_(None) | (StudyLearner.last_check_in_at < at)
    more = StudyLearner.days_checked_in < days_checked_in
    known = session.execute(
        sa.update(StudyLearner)
        .where(StudyLearner.enrolment_id == enrolment_id)
        .values(
            days_checked_in=sa.case((more, days_checked_in), else_=StudyLearner.days_checked_in),
            last_check_in_at=sa.case(
                (later, sa.literal(at, UtcDateTime())), else_=StudyLearner.last_check_in_at
            ),
        )
        .returning(StudyLearner.enrolment_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if known is None:
        raise NotYet(f"enrolment {enrolment_id} has not joined")
