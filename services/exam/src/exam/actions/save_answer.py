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
from exam.queries.attempts import own_attempt_locked
from exam.rules.answers import MAX_SAVES, UNCHECKED, Unchecked, defects
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


class AnswerOutdated(Conflict):
    """A newer answer, given on another device, stands: this one was given without having seen it."""

    code = "exam.answer.outdated"
    title = "这道题已在另一台设备或另一个页面上作答，以较新的答案为准"
    next_step = "请查看当前的答案；如需修改，请重新选择。"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the learner's page sends: letters as shown, the mark, and its own id for this save.

    `based_on` is the id of the question's save that the page knew, None when it knew of none.
    """

    change_id: uuid.UUID
    question_id: uuid.UUID
    letters: tuple[str, ...]
    marked: bool
    based_on: uuid.UUID | Unchecked | None = UNCHECKED


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What stands for the question now, the id of that save, and the number of the attempt's last save.

    When `late`, nothing was kept and the attempt is handed in by now.
    """

    attempt: Attempt
    letters: tuple[str, ...]
    marked: bool
    answer_id: uuid.UUID | None
    sequence: int
    late: bool = False


def save_answer(
    session: Session, *, attempt_id: uuid.UUID, account_id: uuid.UUID, answer: Answer, now: datetime
) -> Saved:
    """Keep one answer of a running attempt, unless a newer one stands that the answer's page had not seen.

    A save that comes too late is reported and not raised, because handing the attempt in must be committed.
    Raises AttemptNotFound, QuestionNotAsked, AnswerUnsound, ChangeIdReused, AnswerOutdated or TooManySaves.
    """
    attempt = own_attempt_locked(session, attempt_id, account_id=account_id)
    if attempt.is_running and is_over(deadline=attempt.deadline, now=now):
        finish(session, attempt, ended_by="deadline", now=now)
    kept = _bank_answer(attempt, answer)
    before = _saves_before(session, attempt, answer)
    if before.same is not None:
        if (before.same.question_id, before.same.answer, before.same.marked) != (
            answer.question_id,
            kept,
            answer.marked,
        ):
            raise ChangeIdReused
        return _saved(attempt, before.standing or before.same, sequence=before.sequence)
    if not attempt.is_running:
        return Saved(
            attempt=attempt, letters=(), marked=False, answer_id=None, sequence=before.sequence, late=True
        )
    _require_newest(attempt, answer, standing=before.standing)
    save = _keep(session, attempt, answer, kept=kept, position=before.sequence + 1, now=now)
    return _saved(attempt, save, sequence=save.position)


@dataclass(frozen=True, kw_only=True)
class SavesBefore:
    """The save that came with the same id before, the one that stands for the question, the number of the last."""

    same: SavedAnswer | None
    standing: SavedAnswer | None
    sequence: int


def _saves_before(session: Session, attempt: Attempt, answer: Answer) -> SavesBefore:
    own = SavedAnswer.attempt_id == attempt.id
    last = sa.select(sa.func.max(SavedAnswer.position)).where(own)
    last_of_question = last.where(SavedAnswer.question_id == answer.question_id)
    saves = session.scalars(
        sa.select(SavedAnswer).where(
            own,
            sa.or_(
                SavedAnswer.change_id == answer.change_id,
                SavedAnswer.position.in_([last.scalar_subquery(), last_of_question.scalar_subquery()]),
            ),
        )
    ).all()
    of_question = [save for save in saves if save.question_id == answer.question_id]
    return SavesBefore(
        same=next((save for save in saves if save.change_id == answer.change_id), None),
        standing=max(of_question, key=lambda save: save.position, default=None),
        sequence=max((save.position for save in saves), default=0),
    )


def _require_newest(attempt: Attempt, answer: Answer, *, standing: SavedAnswer | None) -> None:
    """Raise AnswerOutdated, with what stands, for an answer given without having seen it (E4)."""
    if answer.based_on is UNCHECKED or standing is None or answer.based_on == standing.change_id:
        return
    raise AnswerOutdated(
        answer=list(_letters(attempt, standing)),
        marked=standing.marked,
        answer_id=str(standing.change_id),
    )


def _saved(attempt: Attempt, save: SavedAnswer, *, sequence: int) -> Saved:
    return Saved(
        attempt=attempt,
        letters=_letters(attempt, save),
        marked=save.marked,
        answer_id=save.change_id,
        sequence=sequence,
    )


def _letters(attempt: Attempt, save: SavedAnswer) -> tuple[str, ...]:
    """A save's answer in the letters that this learner sees."""
    shown = _shown(attempt, save.question_id)
    return tuple(to_shown(kind=QuestionKind(shown["kind"]), options=shown["options"], keys=save.answer))


def _keep(
    session: Session, attempt: Attempt, answer: Answer, *, kept: list[str], position: int, now: datetime
) -> SavedAnswer:
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
    return save


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
