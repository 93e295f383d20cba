"""The projections of classes and enrolments, and what a changed window means for attempts that run."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from chassis.db import upsert_many
from sqlalchemy.orm import Session

from exam.models import Attempt, ClassExam, ClassLearner
from exam.rules.answer_release import AnswersShown
from exam.rules.deadlines import deadline_of, is_over

State = tuple[int, Mapping[str, Any]]
"""The version and the data of an announced state."""


def keep_classes(session: Session, states: Sequence[State], *, now: datetime) -> None:
    """Keep the newest state of each class, each at most once among `states`; an older one changes nothing."""
    rows = [class_row(data, version=version) for version, data in states]
    changed = upsert_many(session, ClassExam, rows, key="class_id")
    for row in rows:
        if row["class_id"] in changed and row["closes_at"] is not None:
            _move_deadlines(session, class_id=row["class_id"], closes_at=row["closes_at"], now=now)


def keep_learners(session: Session, states: Sequence[State]) -> None:
    """Keep the newest state of each enrolment, each at most once; an older one changes nothing."""
    rows = [learner_row(data, version=version) for version, data in states]
    upsert_many(session, ClassLearner, rows, key="enrolment_id")


def learner_row(data: Mapping[str, Any], *, version: int) -> dict[str, Any]:
    """The part of an enrolment's state that the exam needs."""
    return {
        "enrolment_id": uuid.UUID(data["enrolment_id"]),
        "version": version,
        "class_id": uuid.UUID(data["class_id"]),
        "account_id": uuid.UUID(data["account_id"]) if data["account_id"] else None,
        "name": data["name"],
        "removed": data["removed"],
    }


def clear(session: Session, models: Iterable[type[Any]]) -> None:
    """Empty projections before a rebuild."""
    for model in models:
        session.execute(sa.delete(model))


def class_row(data: Mapping[str, Any], *, version: int) -> dict[str, Any]:
    """The part of a class's state that the exam needs."""
    exam = data["exam"] or {}
    return {
        "class_id": uuid.UUID(data["class_id"]),
        "version": version,
        "provider_id": uuid.UUID(data["provider_id"]),
        "name": data["name"],
        "state": data["state"],
        "epoch": data["epoch"],
        "policy_version": data["policy_version"],
        "start_day": date.fromisoformat(data["start_day"]) if data["start_day"] else None,
        "end_day": date.fromisoformat(data["end_day"]) if data["end_day"] else None,
        "paper_version_id": uuid.UUID(exam["paper_version_id"]) if exam else None,
        "opens_at": datetime.fromisoformat(exam["opens_at"]) if exam else None,
        "closes_at": datetime.fromisoformat(exam["closes_at"]) if exam else None,
        "attempts": exam.get("attempts"),
        "seconds": exam.get("seconds"),
        "answers_shown": exam.get("answers_shown", AnswersShown.AFTER_WINDOW),
        "teachers": list(data["teachers"]),
    }


def _move_deadlines(session: Session, *, class_id: uuid.UUID, closes_at: datetime, now: datetime) -> None:
    """A window that closes later gives running attempts what is left of their own duration (K14).

    It never takes time away, and an attempt whose time was up stays up.
    """
    found = (
        sa.select(Attempt)
        .where(Attempt.class_id == class_id, Attempt.kind == "exam", Attempt.handed_in_at.is_(None))
        .order_by(Attempt.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for attempt in session.scalars(found):
        moved = deadline_of(started_at=attempt.started_at, seconds=attempt.seconds, closes_at=closes_at)
        if is_over(deadline=attempt.deadline, now=now) or moved is None or attempt.deadline is None:
            continue
        attempt.deadline = max(attempt.deadline, moved)
    session.flush()
