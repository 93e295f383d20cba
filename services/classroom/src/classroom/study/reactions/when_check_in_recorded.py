"""supervision.check_in.recorded.v1: a learner has checked in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from bus import Event
from sqlalchemy.orm import Session

from classroom.study.actions.record_check_in import record_check_in


def when_check_in_recorded(session: Session, event: Event) -> None:
    """Keeps the days checked in and the last check-in of the learner."""
    record_check_in(
        session,
        enrolment_id=UUID(event.data["enrolment_id"]),
        at=datetime.fromisoformat(event.data["at"]),
        days_checked_in=event.data["days_checked_in"],
    )
