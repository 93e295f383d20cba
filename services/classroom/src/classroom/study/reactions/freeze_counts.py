"""When all has arrived the class is counted, and the graduation application gets its figures (K27)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from chassis.db import locked
from sqlalchemy.orm import Session

from classroom.classes.actions.record_counts import record_counts
from classroom.classes.models import TrainingClass
from classroom.study.actions.count_class import count_class
from classroom.study.models import StudyClass, StudyState


def hold_if_closed(session: Session, *, class_id: UUID) -> bool:
    """Takes the training class when study is closed, and says whether it did.

    First of all locks, as in every action of ``classes`` that goes on to study: counting may have to write to both.
    """
    state = session.scalar(sa.select(StudyClass.state).where(StudyClass.class_id == class_id))
    if state != StudyState.CLOSED:
        return False
    locked(session, TrainingClass, class_id)
    return True


def freeze_counts(session: Session, *, class_id: UUID, now: datetime) -> None:
    """Hands the figures over once per epoch, in the transaction that counted them."""
    counted = count_class(session, class_id=class_id, now=now)
    if counted is not None:
        record_counts(
            session,
            class_id=class_id,
            epoch=counted.epoch,
            joined_count=counted.counts.joined,
            finished_count=counted.counts.finished,
            now=now,
        )
