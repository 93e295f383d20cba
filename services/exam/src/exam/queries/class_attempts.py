"""All attempts of a class by learner, for its teachers (E6, K20)."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.models import Attempt, ClassLearner
from exam.queries.attempt_view import attempt_line
from exam.queries.attempts import LINE
from exam.rules.scoring import best_of


def list_learners(*, class_id: uuid.UUID, text: str | None) -> sa.Select[tuple[ClassLearner]]:
    """The enrolments of a class by name; those that were removed only when they have attempted something."""
    attempted = sa.exists().where(Attempt.enrolment_id == ClassLearner.enrolment_id)
    found = sa.select(ClassLearner).where(
        ClassLearner.class_id == class_id, sa.or_(ClassLearner.removed.is_(False), attempted)
    )
    if text:
        found = found.where(ClassLearner.name.icontains(text, autoescape=True))
    return found.order_by(ClassLearner.name, ClassLearner.enrolment_id)


def with_attempts(
    session: Session, learners: Sequence[ClassLearner], *, kind: str | None, now: datetime
) -> list[dict[str, Any]]:
    """Each learner with all attempts, or those of one kind, and the best exam score (None: 显示为“--”)."""
    found = sa.select(Attempt).where(Attempt.enrolment_id.in_([one.enrolment_id for one in learners]))
    by_enrolment: dict[uuid.UUID, list[Attempt]] = {}
    for attempt in session.scalars(found.options(LINE).order_by(Attempt.started_at, Attempt.id)):
        by_enrolment.setdefault(attempt.enrolment_id, []).append(attempt)
    return [_line(one, by_enrolment.get(one.enrolment_id, []), kind=kind, now=now) for one in learners]


def _line(
    learner: ClassLearner, attempts: Sequence[Attempt], *, kind: str | None, now: datetime
) -> dict[str, Any]:
    return {
        "enrolment_id": learner.enrolment_id,
        "name": learner.name,
        "best_exam_score": best_of(_exam_scores(attempts)),
        "attempts": [attempt_line(one, now=now) for one in attempts if kind is None or one.kind == kind],
    }


def _exam_scores(attempts: Sequence[Attempt]) -> list[int]:
    return [attempt.score for attempt in attempts if attempt.kind == "exam" and attempt.score is not None]
