"""What a paper must have before it can be published (E1)."""

from collections.abc import Sequence
from enum import StrEnum

from chassis.errors import FieldError

MAX_QUESTIONS = 300


class PaperKind(StrEnum):
    """课后练习、模考、考试."""

    EXERCISE = "exercise"
    MOCK_EXAM = "mock_exam"
    EXAM = "exam"


def time_limit(*, kind: PaperKind, seconds: int) -> int | None:
    """The seconds of one attempt; None for an exercise, which has no time limit."""
    return None if kind is PaperKind.EXERCISE else seconds


def defects(*, kind: PaperKind, seconds: int, pass_score: int, points: Sequence[int]) -> list[FieldError]:
    """What stands in the way of publishing: no question, no duration, a pass mark that nobody can reach."""
    found: list[FieldError] = []
    if not points:
        found.append(FieldError(field="/questions", code="required", message="试卷至少要有一道试题"))
    if kind is not PaperKind.EXERCISE and seconds <= 0:
        found.append(FieldError(field="/seconds", code="required", message="模考和考试必须设置作答时长"))
    if pass_score > sum(points):
        found.append(FieldError(field="/pass_score", code="too_high", message="及格分不能高于试卷总分"))
    return found
