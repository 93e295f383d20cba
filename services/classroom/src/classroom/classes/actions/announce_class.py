"""Telling the other services how a class now stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from classroom.classes.events import announce_changed
from classroom.classes.models import TrainingClass
from classroom.classes.queries.packages import exam_paper, package_of
from classroom.classes.queries.staff import staff_ids


def announce_class(session: Session, *, training_class: TrainingClass, now: datetime) -> None:
    """Announce the full state, after all changes of the transaction. Drafts being edited are not announced."""
    session.flush()
    announce_changed(
        session,
        training_class=training_class,
        teachers=staff_ids(session, class_id=training_class.id),
        exam_paper=exam_paper(package_of(session, training_class=training_class)),
        now=now,
    )
