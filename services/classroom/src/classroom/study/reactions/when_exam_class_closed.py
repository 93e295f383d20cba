"""exam.class.closed.v1: every running attempt of the class has been handed in (K27)."""

from __future__ import annotations

from uuid import UUID

from bus import Event
from chassis import clock
from sqlalchemy.orm import Session

from classroom.study.actions.count_class import note_exam_closed
from classroom.study.reactions.freeze_counts import freeze_counts, hold_if_closed


def when_exam_class_closed(session: Session, event: Event) -> None:
    """Lets the class be counted, when all that was handed in has arrived."""
    class_id, now = UUID(event.data["class_id"]), clock.now()
    hold_if_closed(session, class_id=class_id)
    note_exam_closed(
        session,
        class_id=class_id,
        epoch=event.data["epoch"],
        handed_in_total=event.data["handed_in_total"],
        now=now,
    )
    freeze_counts(session, class_id=class_id, now=now)
