"""exam.attempt.handed_in.v1: an exercise, mock exam or exam was handed in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from bus import Event
from chassis import clock
from sqlalchemy.orm import Session

from classroom.study.actions.record_attempt import HandedIn, record_attempt
from classroom.study.reactions.freeze_counts import freeze_counts, hold_if_closed
from classroom.study.rules.completion import AttemptKind


def when_attempt_handed_in(session: Session, event: Event) -> None:
    """Completes its item; the last one of a closing class lets it be counted."""
    data, now = event.data, clock.now()
    attempt = HandedIn(
        attempt_id=UUID(data["attempt_id"]),
        class_id=UUID(data["class_id"]),
        enrolment_id=UUID(data["enrolment_id"]),
        kind=AttemptKind(data["kind"]),
        item_id=UUID(data["item_id"]) if data["item_id"] else None,
        number=data["number"],
        score=data["score"],
        total_score=data["total_score"],
        passed=data["passed"],
        started_at=datetime.fromisoformat(data["started_at"]),
        handed_in_at=datetime.fromisoformat(data["handed_in_at"]),
        seconds=data["seconds"],
    )
    closed = hold_if_closed(session, class_id=attempt.class_id)
    record_attempt(session, attempt=attempt, class_closed=closed, now=now)
    if closed:
        freeze_counts(session, class_id=attempt.class_id, now=now)
