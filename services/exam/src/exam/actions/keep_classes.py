"""The projections of classes and enrolments, and what a changed window means for attempts that run."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from chassis.db import insert
from sqlalchemy.orm import Session

from exam.models import Attempt, ClassExam, ClassLearner
from exam.rules.deadlines import deadline_of, is_over


def keep_class(session: Session, data: Mapping[str, Any], *, version: int, now: datetime) -> None:
    """Keep the newest state of a class; an older one changes nothing."""
    row = class_row(data, version=version)
    if not _upsert(session, ClassExam, key="class_id", row=row):
        return
    if row["closes_at"] is not None:
        _move_deadlines(session, class_id=row["class_id"], closes_at=row["closes_at"], now=now)


def keep_learner(session: Session, data: Mapping[str, Any], *, version: int) -> None:
    """Keep the newest state of an enrolment; an older one changes nothing."""
    row = {
        "enrolment_id": uuid.UUID(data["enrolment_id"]),
        "version": version,
        "class_id": uuid.UUID(data["class_id"]),
        "account_id": uuid.UUID(data["account_id"]) if data["account_id"] else None,
        "name": data["name"],
        "removed": data["removed"],
    }
    _upsert(session, ClassLearner, key="enrolment_id", row=row)


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
        "teachers": list(data["teachers"]),
    }


def _upsert(session: Session, model: type[Any], *, key: str, row: dict[str, Any]) -> bool:
    statement = insert(session, model).values(row)
    statement = statement.on_conflict_do_update(
        index_elements=[key],
        set_={name: statement.excluded[name] for name in row if name != key},
        where=model.version < statement.excluded.version,
    )
    return session.scalar(statement.returning(model.version)) is not None


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
