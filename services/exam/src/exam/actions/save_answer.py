"""Every answer is saved as it is given (E4); the same save sent again changes nothing."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from chassis.errors import Conflict, Invalid, NotFound
from chassis.ids import new_id
from sqlalchemy.orm import Session

from exam.actions.hand_in import finish
from exam.models import Attempt, SavedAnswer
from exam.queries.attempts import own_attempt_locked, saved_answers
from exam.rules.answers import MAX_SAVES, defects
from exam.rules.deadlines import is_over
from exam.rules.presentation import letters_of, to_bank, to_shown
from exam.rules.questions import QuestionKind


class AttemptOver(Conflict):
    """Handed in, or its time is up: no answer is taken any more."""

    code = "exam.attempt.over"
    title = "本次作答已经结束，答案未保存"
    next_step = "请返回班级页面查看成绩；如还有作答次数，可重新开始。"


class QuestionNotAsked(NotFound):
    """The attempt does not ask this question."""

    code = "exam.attempt.question_not_asked"
    title = "本次作答中没有这道题"
    next_step = "请刷新作答页面。"


class AnswerUnsound(Invalid):
    """The answer names an option that was not shown, or too many."""

    code = "exam.answer.unsound"
    title = "答案不符合题目要求"
    next_step = "请按题目要求重新选择。"


class ChangeIdReused(Conflict):
    """The page used one id for two different saves."""

    code = "exam.answer.id_reused"
    title = "同一保存编号被用于不同的答案"
    next_step = "请为每次保存使用新的编号。"


class TooManySaves(Conflict):
    """More saves than any learner makes."""

    code = "exam.answer.too_many_saves"
    title = "本次作答的保存次数过多"
    next_step = "已保存的答案有效，请直接交卷。"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the learner's page sends: letters as shown, the mark, and its own id for this save."""

    change_id: uuid.UUID
    question_id: uuid.UUID
    letters: tuple[str, ...]
    marked: bool


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What stands for the question now. When `late`, nothing was kept and the attempt is handed in by now."""

    attempt: Attempt
    letters: tuple[str, ...]
    marked: bool
    late: bool = False


def save_answer(
    session: Session, *, attempt_id: uuid.UUID, account_id: uuid.UUID, answer: Answer, now: datetime
) -> Saved:
    """Keep one answer of a running attempt.

    A save that comes too late is reported and not raised, because handing the attempt in must be committed.
    Raises AttemptNotFound, QuestionNotAsked, AnswerUnsound, ChangeIdReused or TooManySaves.
    """
    attempt = own_attempt_locked(session, attempt_id, account_id=account_id)
    if attempt.is_running and is_over(deadline=attempt.deadline, now=now):
        finish(session, attempt, ended_by="deadline", now=now)
    kept = _bank_answer(attempt, answer)
    before, last = _same_and_last(session, attempt, answer.change_id)
    if before is not None:
        if (before.question_id, before.answer, before.marked) != (answer.question_id, kept, answer.marked):
            raise ChangeIdReused
        return _standing(session, attempt, answer.question_id)
    if not attempt.is_running:
        return Saved(attempt=attempt, letters=(), marked=False, late=True)
    _keep(session, attempt, answer, kept=kept, position=last + 1, now=now)
    return Saved(attempt=attempt, letters=answer.letters, marked=answer.marked)


def _same_and_last(
    session: Session, attempt: Attempt, change_id: uuid.UUID
) -> tuple[SavedAnswer | None, int]:
    """The save that came with this id before, if one did, and the position of the attempt's last save."""
    own = SavedAnswer.attempt_id == attempt.id
    highest = sa.select(sa.func.max(SavedAnswer.position)).where(own).scalar_subquery()
    found = session.scalars(
        sa.select(SavedAnswer).where(
            own, sa.or_(SavedAnswer.change_id == change_id, SavedAnswer.position == highest)
        )
    ).all()
    same = next((save for save in found if save.change_id == change_id), None)
    return same, max((save.position for save in found), default=0)


def _standing(session: Session, attempt: Attempt, question_id: uuid.UUID) -> Saved:
    """What counts for a question after a repeat: perhaps a later save than the one that was repeated."""
    save = saved_answers(session, attempt)[str(question_id)]
    shown = _shown(attempt, question_id)
    letters = to_shown(kind=QuestionKind(shown["kind"]), options=shown["options"], keys=save.answer)
    return Saved(attempt=attempt, letters=tuple(letters), marked=save.marked)


def _keep(
    session: Session, attempt: Attempt, answer: Answer, *, kept: list[str], position: int, now: datetime
) -> None:
    if position > MAX_SAVES:
        raise TooManySaves
    save = SavedAnswer(
        id=new_id(),
        attempt_id=attempt.id,
        change_id=answer.change_id,
        position=position,
        question_id=answer.question_id,
        answer=kept,
        marked=answer.marked,
        saved_at=now,
    )
    session.add(save)
    session.flush()


def _bank_answer(attempt: Attempt, answer: Answer) -> list[str]:
    shown = _shown(attempt, answer.question_id)
    kind, options = QuestionKind(shown["kind"]), shown["options"]
    letters = letters_of(kind=kind, count=len(options))
    found = defects(kind=kind, letters=letters, answer=answer.letters)
    if found:
        raise AnswerUnsound(fields=found)
    return to_bank(kind=kind, options=options, letters=answer.letters)


def _shown(attempt: Attempt, question_id: uuid.UUID) -> dict[str, Any]:
    asked = str(question_id)
    for shown in attempt.question_order:
        if shown["question_id"] == asked:
            return shown
    raise QuestionNotAsked
