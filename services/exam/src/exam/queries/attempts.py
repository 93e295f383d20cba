"""Attempts and what was answered in them."""

import uuid

import sqlalchemy as sa
from chassis.errors import NotFound
from sqlalchemy.orm import Session, defer

from exam.models import Attempt, SavedAnswer
from exam.rules.answers import Save, latest
from exam.rules.scoring import Asked

LINE = defer(Attempt.question_order, raiseload=True)
"""What a list needs of an attempt: not the order of its questions, which is most of it."""


class AttemptNotFound(NotFound):
    """No such attempt, or somebody else's."""

    code = "exam.attempt.not_found"
    title = "作答记录不存在"
    next_step = "请从班级页面重新进入。"


def own_attempt(session: Session, attempt_id: uuid.UUID, *, account_id: uuid.UUID) -> Attempt:
    """The account's own attempt, to look at. Raises AttemptNotFound."""
    return _one(session, _own(attempt_id, account_id))


def own_attempt_locked(session: Session, attempt_id: uuid.UUID, *, account_id: uuid.UUID) -> Attempt:
    """The account's own attempt, locked and freshly read. Raises AttemptNotFound."""
    found = _own(attempt_id, account_id).with_for_update().execution_options(populate_existing=True)
    return _one(session, found)


def attempt_of_class(session: Session, attempt_id: uuid.UUID, *, class_id: uuid.UUID) -> Attempt:
    """An attempt of a class that the caller may see. Raises AttemptNotFound."""
    return _one(session, sa.select(Attempt).where(Attempt.id == attempt_id, Attempt.class_id == class_id))


def running_attempt(session: Session, *, enrolment_id: uuid.UUID, target_id: uuid.UUID) -> Attempt | None:
    """The attempt that is not handed in yet, locked."""
    found = (
        sa.select(Attempt)
        .where(
            Attempt.enrolment_id == enrolment_id,
            Attempt.target_id == target_id,
            Attempt.handed_in_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(found).one_or_none()


def own_attempts(*, class_id: uuid.UUID, account_id: uuid.UUID) -> sa.Select[tuple[Attempt]]:
    """All of an account's attempts in a class, newest first."""
    found = sa.select(Attempt).where(Attempt.account_id == account_id, Attempt.class_id == class_id)
    return found.options(LINE).order_by(Attempt.started_at.desc(), Attempt.id.desc())


def attempts_at(session: Session, *, enrolment_id: uuid.UUID, target_id: uuid.UUID) -> list[Attempt]:
    """A learner's attempts at one exam or item, in order."""
    found = sa.select(Attempt).where(Attempt.enrolment_id == enrolment_id, Attempt.target_id == target_id)
    return list(session.scalars(found.options(LINE).order_by(Attempt.number)))


def saved_answers(session: Session, attempt: Attempt) -> dict[str, Save]:
    """Per question id the save that counts; the answers are the bank's keys."""
    found = sa.select(SavedAnswer).where(SavedAnswer.attempt_id == attempt.id)
    return latest(
        Save(
            id=row.change_id,
            position=row.position,
            question_id=str(row.question_id),
            answer=tuple(row.answer),
            marked=row.marked,
        )
        for row in session.scalars(found)
    )


def last_save(session: Session, attempt: Attempt) -> SavedAnswer | None:
    """The attempt's newest save, of whatever question."""
    found = sa.select(SavedAnswer).where(SavedAnswer.attempt_id == attempt.id)
    return session.scalars(found.order_by(SavedAnswer.position.desc()).limit(1)).one_or_none()


def asked_of(attempt: Attempt, saves: dict[str, Save]) -> list[Asked]:
    """The questions of an attempt with what was answered, ready to be scored."""
    return [
        Asked(
            right=frozenset(question.answer),
            points=question.score,
            answered=frozenset(save.answer) if (save := saves.get(str(question.question_id))) else None,
        )
        for question in attempt.paper.questions
    ]


def _own(attempt_id: uuid.UUID, account_id: uuid.UUID) -> sa.Select[tuple[Attempt]]:
    return sa.select(Attempt).where(Attempt.id == attempt_id, Attempt.account_id == account_id)


def _one(session: Session, found: sa.Select[tuple[Attempt]]) -> Attempt:
    attempt = session.scalars(found).one_or_none()
    if attempt is None:
        raise AttemptNotFound
    return attempt
