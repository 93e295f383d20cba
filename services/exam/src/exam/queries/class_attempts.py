"""All attempts of a class by learner, for its teachers (E6, K20)."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.models import Attempt, ClassLearner
from exam.queries.attempt_view import attempt_line
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
    """Each learner with all attempts and the best exam score (None: 显示为“--”)."""
    found = sa.select(Attempt).where(Attempt.enrolment_id.in_([one.enrolment_id for one in learners]))
    if kind:
        found = found.where(Attempt.kind == kind)
    by_enrolment: dict[uuid.UUID, list[Attempt]] = {}
    for attempt in session.scalars(found.order_by(Attempt.started_at, Attempt.id)):
        by_enrolment.setdefault(attempt.enrolment_id, []).append(attempt)
    return [
        {
            "enrolment_id": learner.enrolment_id,
            "name": learner.name,
            "best_exam_score": best_of(_exam_scores(by_enrolment.get(learner.enrolment_id, []))),
            "attempts": [
                attempt_line(attempt, now=now) for attempt in by_enrolment.get(learner.enrolment_id, [])
            ],
        }
        for learner in learners
    ]


def _exam_scores(attempts: Sequence[Attempt]) -> list[int]:
    return [attempt.score for attempt in attempts if attempt.kind == "exam" and attempt.score is not None]
