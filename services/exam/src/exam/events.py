"""What the exam service announces."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import bus
import sqlalchemy as sa
from chassis.web.fields import moment_text
from sqlalchemy.orm import Session

from exam.models import Attempt, PaperVersion
from exam.rules.deadlines import used_seconds

PAPER_PUBLISHED = "exam.paper.published.v1"
ATTEMPT_HANDED_IN = "exam.attempt.handed_in.v1"
CLASS_CLOSED = "exam.class.closed.v1"

State = tuple[tuple[str, UUID], str, dict[str, Any]]
"""Aggregate, subject and data, as announced."""


def paper_published(session: Session, version: PaperVersion, *, now: datetime) -> None:
    """A version of a paper was published and will never change."""
    aggregate, subject, data = _published(version)
    bus.announce(session, type=PAPER_PUBLISHED, aggregate=aggregate, subject=subject, data=data, now=now)


def present_papers(session: Session) -> Iterator[State]:
    """Every published version, for a consumer's rebuild."""
    for version in session.scalars(sa.select(PaperVersion).order_by(PaperVersion.id)):
        yield _published(version)


def _published(version: PaperVersion) -> State:
    data = {
        "paper_version_id": str(version.id),
        "paper_id": str(version.paper_id),
        "version": version.number,
        "kind": version.kind,
        "title": version.title,
        "provider_id": str(version.provider_id) if version.provider_id else None,
        "question_count": version.question_count,
        "total_score": version.total_score,
        "pass_score": version.pass_score,
        "seconds": version.seconds,
    }
    return ("paper", version.paper_id), f"paper/{version.paper_id}", data


def attempt_handed_in(session: Session, attempt: Attempt, *, now: datetime) -> None:
    """An attempt was handed in and scored. Its aggregate is the enrolment: learners never queue for a class."""
    if attempt.handed_in_at is None:
        raise ValueError("a running attempt has nothing to announce")
    data = {
        "attempt_id": str(attempt.id),
        "class_id": str(attempt.class_id),
        "enrolment_id": str(attempt.enrolment_id),
        "kind": attempt.kind,
        "item_id": str(attempt.item_id) if attempt.item_id else None,
        "paper_version_id": str(attempt.paper_version_id),
        "number": attempt.number,
        "score": attempt.score,
        "total_score": attempt.total_score,
        "passed": attempt.passed,
        "started_at": moment_text(attempt.started_at),
        "handed_in_at": moment_text(attempt.handed_in_at),
        "seconds": used_seconds(started_at=attempt.started_at, handed_in_at=attempt.handed_in_at),
        "epoch": attempt.epoch,
    }
    aggregate = ("enrolment", attempt.enrolment_id)
    bus.announce(
        session,
        type=ATTEMPT_HANDED_IN,
        aggregate=aggregate,
        subject=f"attempt/{attempt.id}",
        data=data,
        now=now,
    )


def class_closed(
    session: Session, *, class_id: UUID, epoch: int, handed_in_total: int, now: datetime
) -> None:
    """Every attempt of this epoch is handed in and announced; `handed_in_total` counts all of the class so far."""
    data = {"class_id": str(class_id), "epoch": epoch, "handed_in_total": handed_in_total}
    bus.announce(
        session,
        type=CLASS_CLOSED,
        aggregate=("class", class_id),
        subject=f"class/{class_id}",
        data=data,
        now=now,
    )
