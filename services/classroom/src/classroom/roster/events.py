"""What the roster announces: enrolments of classes that have been opened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bus import Announcement, announce, announce_many
from chassis.web.fields import moment_text
from sqlalchemy.orm import Session

from classroom.roster.models import Enrolment


def announce_enrolment(session: Session, *, enrolment: Enrolment, now: datetime) -> None:
    """classroom.enrolment.changed.v1. The aggregate is the enrolment: 500 learners never queue for one row."""
    said = _announcement(enrolment)
    announce(session, type=said.type, aggregate=said.aggregate, subject=said.subject, data=said.data, now=now)


def announce_enrolments(session: Session, *, enrolments: Iterable[Enrolment], now: datetime) -> None:
    """The same for a whole roster, in a few statements."""
    announce_many(session, [_announcement(each) for each in enrolments], now=now)


def _announcement(enrolment: Enrolment) -> Announcement:
    return Announcement(
        type="classroom.enrolment.changed.v1",
        aggregate=("enrolment", enrolment.id),
        subject=f"enrolment/{enrolment.id}",
        data=enrolment_state(enrolment=enrolment),
    )


def enrolment_state(*, enrolment: Enrolment) -> dict[str, Any]:
    """The data of the event; also what a rebuild of a projection is given. No document number, no contact."""
    return {
        "enrolment_id": str(enrolment.id),
        "class_id": str(enrolment.class_id),
        "account_id": None if enrolment.account_id is None else str(enrolment.account_id),
        "name": enrolment.name,
        "joined_at": None if enrolment.joined_at is None else moment_text(enrolment.joined_at),
        "removed": False,
    }
