"""One learner in detail (K20): per item every play and reading, every exercise and mock score, all exam attempts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from classroom.study.models import StudyAttempt, StudyDay, StudyPlay, StudySession
from classroom.study.queries.my_progress import MyItem, my_items
from classroom.study.rules.completion import AttemptKind


@dataclass(frozen=True, kw_only=True)
class ItemDetail:
    """An item with what was done in it, the latest first."""

    item: MyItem
    plays: list[Any]
    attempts: list[StudyAttempt]


@dataclass(frozen=True, kw_only=True)
class LearnerDetails:
    """Items in play order, the exam's attempts, and seconds per day."""

    items: list[ItemDetail]
    exam_attempts: list[StudyAttempt]
    days: list[tuple[date, int, int]]


def learner_details(
    session: Session, *, class_id: UUID, enrolment_id: UUID, only_unfinished: bool
) -> LearnerDetails:
    """Four statements, whatever the number of items. ``only_unfinished`` keeps the items that are not complete."""
    items = my_items(session, class_id=class_id, enrolment_id=enrolment_id)
    plays, attempts = _plays(session, enrolment_id), _attempts(session, enrolment_id)
    return LearnerDetails(
        items=[
            ItemDetail(item=item, plays=plays[item.item_id], attempts=attempts[item.item_id])
            for item in items
            if not (only_unfinished and item.complete)
        ],
        exam_attempts=attempts[None],
        days=_days(session, enrolment_id),
    )


def _plays(session: Session, enrolment_id: UUID) -> dict[UUID, list[Any]]:
    rows = session.execute(
        sa.select(
            StudyPlay.item_id,
            StudyPlay.started_at,
            StudyPlay.last_at,
            StudyPlay.from_seconds,
            StudyPlay.to_seconds,
            StudyPlay.spans,
            StudyPlay.credited_seconds,
            StudySession.device,
        )
        .join(StudySession, StudySession.id == StudyPlay.session_id)
        .where(StudyPlay.enrolment_id == enrolment_id)
        .order_by(StudyPlay.started_at.desc(), StudyPlay.session_id)
    )
    return _grouped(rows)


def _attempts(session: Session, enrolment_id: UUID) -> dict[UUID | None, list[StudyAttempt]]:
    """Attempts by item; those of the exam under None."""
    found = session.scalars(
        sa.select(StudyAttempt)
        .where(StudyAttempt.enrolment_id == enrolment_id)
        .order_by(StudyAttempt.handed_in_at.desc(), StudyAttempt.attempt_id)
    )
    grouped: dict[UUID | None, list[StudyAttempt]] = defaultdict(list)
    for attempt in found:
        grouped[None if attempt.kind == AttemptKind.EXAM else attempt.item_id].append(attempt)
    return grouped


def _days(session: Session, enrolment_id: UUID) -> list[tuple[date, int, int]]:
    rows = session.execute(
        sa.select(StudyDay.day, StudyDay.video_seconds, StudyDay.document_seconds)
        .where(StudyDay.enrolment_id == enrolment_id)
        .order_by(StudyDay.day.desc())
    )
    return [(row.day, row.video_seconds, row.document_seconds) for row in rows]


def _grouped(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.item_id].append(row)
    return grouped
