"""Supervision has recorded a check-in; study keeps what its pages show of it (K20)."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

import sqlalchemy as sa
from bus import NotYet
from chassis.db import UtcDateTime, table_of
from sqlalchemy import bindparam
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from classroom.study.models import StudyLearner

_learners = table_of(StudyLearner)
_days = bindparam("days", type_=sa.Integer())
_at = bindparam("moment", type_=UtcDateTime())
_later = _learners.c.last_check_in_at.is_(None) | (_learners.c.last_check_in_at < _at)
# Built once: each check-in of every learner comes this way, and building it anew took fifteen times as long.
_TAKE = (
    sa.update(_learners)
    .where(_learners.c.enrolment_id == bindparam("learner_id"))
    .values(
        days_checked_in=sa.case(
            (_learners.c.days_checked_in < _days, _days), else_=_learners.c.days_checked_in
        ),
        last_check_in_at=sa.case((_later, _at), else_=_learners.c.last_check_in_at),
    )
)


def record_check_in(session: Session, *, enrolment_id: UUID, at: datetime, days_checked_in: int) -> None:
    """Takes the greater figures, so that order and repetition of the events make no difference.

    Raises NotYet when the learner has not joined here.
    """
    given = {"learner_id": enrolment_id, "days": days_checked_in, "moment": at}
    changed = cast("CursorResult[tuple[()]]", session.execute(_TAKE, given))
    if not changed.rowcount:
        raise NotYet(f"enrolment {enrolment_id} has not joined")
