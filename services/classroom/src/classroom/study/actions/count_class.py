"""Counting a closed class once (K27): after the exam's closing and the last attempt, whichever comes later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from bus import NotYet
from chassis.db import locked
from sqlalchemy.orm import Session

from classroom.study.models import StudyAttempt, StudyClass, StudyState
from classroom.study.queries.overview import joined_and_complete
from classroom.study.rules.counting import Counts, can_be_counted, counts


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The frozen figures of one closing."""

    epoch: int
    counts: Counts


def note_exam_closed(
    session: Session, *, class_id: UUID, epoch: int, handed_in_total: int, now: datetime
) -> None:
    """The exam service has closed the class's exam and says how many attempts it has ever announced.

    Heard late, of an epoch that is over, it changes nothing: the newest epoch stays.
    """
    study_class = locked(session, StudyClass, class_id)
    if study_class is None:
        raise NotYet(f"class {class_id} is not known to study")
    if study_class.exam_closed_epoch is not None and study_class.exam_closed_epoch >= epoch:
        return
    study_class.exam_closed_epoch = epoch
    study_class.handed_in_total = handed_in_total
    study_class.updated_at = now
    session.flush()


def count_class(session: Session, *, class_id: UUID, now: datetime) -> Counted | None:
    """Joined and finished of a closed class, counted once per epoch; None while something is still to come.

    The class must be held by this transaction already, or be open: an open class is not looked at further.
    """
    study_class = session.get(StudyClass, class_id)
    if study_class is None or study_class.state == StudyState.OPEN:
        return None
    study_class = locked(session, StudyClass, class_id)
    assert study_class is not None
    arrived = session.scalar(
        sa.select(sa.func.count()).select_from(StudyAttempt).where(StudyAttempt.class_id == class_id)
    )
    if not can_be_counted(
        closed=study_class.state == StudyState.CLOSED,
        epoch=study_class.epoch,
        exam_closed_epoch=study_class.exam_closed_epoch,
        handed_in_total=study_class.handed_in_total,
        arrived=arrived or 0,
        counted_epoch=study_class.counted_epoch,
    ):
        return None
    joined, complete = joined_and_complete(session, class_id=class_id)
    study_class.counted_epoch = study_class.epoch
    study_class.updated_at = now
    session.flush()
    return Counted(
        epoch=study_class.epoch,
        counts=counts(joined=joined, complete=complete, item_count=study_class.item_count),
    )
