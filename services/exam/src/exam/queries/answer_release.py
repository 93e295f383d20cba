"""What decides whether a learner may see the right answers of an attempt (E6)."""

import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from chassis.clock import shanghai_midnight
from sqlalchemy.orm import Session, aliased

from exam.models import Attempt, ClassExam, ClassLearner, VersionQuestion
from exam.rules.answer_release import AnswersShown, OpenExam, Release, release_of
from exam.rules.papers import PaperKind
from exam.rules.windows import attempts_left


def answer_release(session: Session, attempt: Attempt, *, now: datetime) -> Release:
    """Right answers stay back while the learner can still be asked the same questions (E6).

    A class counts as over when it has graduated: a graduation that is only applied for can be rejected, and then
    the exam goes on.
    """
    return release_of(
        open_exams=_open_exams(session, attempt, now=now),
        repeatable_until=_repeatable_until(session, attempt, now=now),
        is_running=_is_asked_elsewhere(session, attempt, now=now),
    )


def _open_exams(session: Session, attempt: Attempt, *, now: datetime) -> list[OpenExam]:
    """The exams of the learner's classes that can still ask what this attempt asked.

    An exercise may share questions with the exam that it prepares for, but not be the exam's own paper.
    """
    asked_again = ClassExam.paper_version_id == attempt.paper_version_id
    if attempt.kind != PaperKind.EXERCISE:
        asked_again = sa.or_(asked_again, ClassExam.paper_version_id.in_(_papers_asking(attempt)))
    own_classes = sa.select(ClassLearner.class_id).where(
        ClassLearner.account_id == attempt.account_id, ClassLearner.removed.is_(False)
    )
    used = (
        sa.select(sa.func.count())
        .where(Attempt.account_id == attempt.account_id, Attempt.target_id == ClassExam.class_id)
        .scalar_subquery()
    )
    found = sa.select(ClassExam.closes_at, ClassExam.attempts, ClassExam.answers_shown, used).where(
        sa.or_(ClassExam.class_id == attempt.class_id, ClassExam.class_id.in_(own_classes)),
        ClassExam.state != "graduated",
        ClassExam.closes_at > now,
        asked_again,
    )
    return [
        OpenExam(
            closes_at=closes_at,
            attempts_left=attempts_left(used=begun, allowed=allowed or 0),
            answers_shown=AnswersShown(answers_shown),
        )
        for closes_at, allowed, answers_shown, begun in session.execute(found)
    ]


def _papers_asking(attempt: Attempt) -> sa.Select[tuple[uuid.UUID]]:
    """The published papers that share a question with the attempt's."""
    asked, other = aliased(VersionQuestion), aliased(VersionQuestion)
    return (
        sa.select(other.paper_version_id)
        .join(asked, asked.question_id == other.question_id)
        .where(asked.paper_version_id == attempt.paper_version_id)
    )


def _repeatable_until(session: Session, attempt: Attempt, *, now: datetime) -> datetime | None:
    """A mock exam can be taken again until its class's last day is over."""
    if attempt.kind != PaperKind.MOCK_EXAM:
        return None
    known = session.get(ClassExam, attempt.class_id)
    if known is None or known.end_day is None or known.state == "graduated":
        return None
    end = shanghai_midnight(known.end_day + timedelta(days=1))
    return end if now < end else None


def _is_asked_elsewhere(session: Session, attempt: Attempt, *, now: datetime) -> bool:
    """Whether the learner is in another attempt at some of the same questions."""
    running = sa.select(Attempt.id).where(
        Attempt.account_id == attempt.account_id,
        Attempt.id != attempt.id,
        Attempt.handed_in_at.is_(None),
        sa.or_(Attempt.deadline.is_(None), Attempt.deadline > now),
        Attempt.paper_version_id.in_(_papers_asking(attempt)),
    )
    return session.scalar(running.limit(1)) is not None
