"""When a learner may see right answers and explanations (E6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AnswersShown(StrEnum):
    """What a class chose for its exam. Only the first also keeps them from learners who have yet to take it."""

    AFTER_WINDOW = "after_window"
    AFTER_ATTEMPTS = "after_attempts"


class Withheld(StrEnum):
    """Why right answers are not shown yet."""

    WINDOW_OPEN = "window_open"
    ATTEMPTS_LEFT = "attempts_left"
    REPEATABLE = "repeatable"
    RUNNING = "running"


@dataclass(frozen=True, kw_only=True)
class OpenExam:
    """An exam of one of the learner's classes that asks the same questions and whose window is not over."""

    closes_at: datetime
    attempts_left: int
    answers_shown: AnswersShown


@dataclass(frozen=True, kw_only=True)
class Release:
    """`withheld` is None when the answers may be seen; else `at` is when they will be, None when no clock says it."""

    withheld: Withheld | None
    at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether right answers may be seen now."""
        return self.withheld is None


RELEASED = Release(withheld=None, at=None)


def release_of(
    *, open_exams: Sequence[OpenExam], repeatable_until: datetime | None, is_running: bool
) -> Release:
    """Whether the right answers of a finished attempt may be seen (E6).

    `repeatable_until` is the end of the days on which a mock exam can be taken again, None when it can't.
    `is_running` says that the learner is in another attempt at some of the same questions.
    """
    reasons = [(exam.closes_at, reason) for exam in open_exams if (reason := _withheld_by(exam)) is not None]
    if repeatable_until is not None:
        reasons.append((repeatable_until, Withheld.REPEATABLE))
    if reasons:
        at, withheld = max(reasons)
        return Release(withheld=withheld, at=at)
    return Release(withheld=Withheld.RUNNING, at=None) if is_running else RELEASED


def _withheld_by(exam: OpenExam) -> Withheld | None:
    if exam.answers_shown is AnswersShown.AFTER_WINDOW:
        return Withheld.WINDOW_OPEN
    return Withheld.ATTEMPTS_LEFT if exam.attempts_left > 0 else None
