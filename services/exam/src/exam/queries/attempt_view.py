"""An attempt as its learner or a teacher sees it: never a right answer before hand-in (E6)."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from exam.models import Attempt, VersionQuestion
from exam.queries.answer_release import answer_release
from exam.queries.attempts import asked_of, saved_answers
from exam.rules.answer_release import RELEASED, Release
from exam.rules.answers import Save
from exam.rules.deadlines import handed_in_moment, is_over, remaining_seconds, used_seconds
from exam.rules.presentation import letters_of, to_shown
from exam.rules.questions import QuestionKind
from exam.rules.scoring import has_passed, is_right, score_of


def learner_view(session: Session, attempt: Attempt, *, now: datetime) -> dict[str, Any]:
    """An attempt as its learner sees it: right answers only when the same questions can't be asked again (E6)."""
    release = RELEASED if _goes_on(attempt, now=now) else answer_release(session, attempt, now=now)
    return attempt_view(session, attempt, release=release, now=now)


def attempt_view(session: Session, attempt: Attempt, *, release: Release, now: datetime) -> dict[str, Any]:
    """The answer page's facts; once nothing more is taken, also the result, and the right answers as `release` says.

    An attempt whose time is up but which nobody has handed in yet is shown as it will be handed in: nothing can
    change it any more.
    """
    saves = saved_answers(session, attempt)
    last = max(saves.values(), key=lambda save: save.position, default=None)
    over = not _goes_on(attempt, now=now)
    revealed = over and release.is_open
    view = {
        **attempt_line(attempt, now=now),
        "title": attempt.paper.title,
        "server_time": now,
        "remaining_seconds": 0 if over else remaining_seconds(deadline=attempt.deadline, now=now),
        "questions": _questions(attempt, saves, revealed=revealed),
        "sequence": last.position if last else 0,
        "last_answer_id": last.id if last else None,
        "answers_revealed": revealed,
        "answers_withheld": release.withheld,
        "answers_shown_from": release.at,
    }
    if over and attempt.is_running:
        view |= _as_it_will_be(attempt, saves, now=now)
    return view


def attempt_line(attempt: Attempt, *, now: datetime) -> dict[str, Any]:
    """An attempt in a list: everything but its questions."""
    handed_in_at = attempt.handed_in_at
    ended = handed_in_at or handed_in_moment(deadline=attempt.deadline, now=now)
    return {
        "id": attempt.id,
        "class_id": attempt.class_id,
        "enrolment_id": attempt.enrolment_id,
        "kind": attempt.kind,
        "item_id": attempt.item_id,
        "number": attempt.number,
        "attempts_allowed": attempt.attempts_allowed,
        "state": "running" if attempt.is_running else "handed_in",
        "started_at": attempt.started_at,
        "deadline": attempt.deadline,
        "handed_in_at": handed_in_at,
        "ended_by": attempt.ended_by,
        "seconds": attempt.seconds,
        "used_seconds": used_seconds(started_at=attempt.started_at, handed_in_at=ended),
        "score": attempt.score,
        "total_score": attempt.total_score,
        "pass_score": attempt.pass_score,
        "passed": attempt.passed,
    }


def _goes_on(attempt: Attempt, *, now: datetime) -> bool:
    return attempt.is_running and not is_over(deadline=attempt.deadline, now=now)


def _as_it_will_be(attempt: Attempt, saves: dict[str, Save], *, now: datetime) -> dict[str, Any]:
    score = score_of(asked_of(attempt, saves))
    return {
        "state": "handed_in",
        "handed_in_at": handed_in_moment(deadline=attempt.deadline, now=now),
        "ended_by": "deadline",
        "score": score,
        "passed": has_passed(score=score, pass_score=attempt.pass_score),
    }


def _questions(attempt: Attempt, saves: dict[str, Save], *, revealed: bool) -> list[dict[str, Any]]:
    asked = {str(question.question_id): question for question in attempt.paper.questions}
    return [
        _question(asked[shown["question_id"]], shown["options"], saves, position=position, revealed=revealed)
        for position, shown in enumerate(attempt.question_order, start=1)
    ]


def _question(
    question: VersionQuestion, order: list[str], saves: dict[str, Save], *, position: int, revealed: bool
) -> dict[str, Any]:
    kind = QuestionKind(question.kind)
    texts = {option["key"]: option["text"] for option in question.options}
    letters = letters_of(kind=kind, count=len(order))
    save = saves.get(str(question.question_id))
    given = save.answer if save else ()
    view: dict[str, Any] = {
        "id": question.question_id,
        "position": position,
        "kind": question.kind,
        "text": question.text,
        "options": [{"key": letter, "text": texts[key]} for letter, key in zip(letters, order, strict=True)],
        "points": question.score,
        "answer": to_shown(kind=kind, options=order, keys=given),
        "marked": save.marked if save else False,
        "answer_id": save.id if save else None,
    }
    if revealed:
        right = frozenset(question.answer)
        view["right_answer"] = to_shown(kind=kind, options=order, keys=question.answer)
        view["is_right"] = is_right(right=right, answered=frozenset(given))
        view["explanation"] = question.explanation
    return view
