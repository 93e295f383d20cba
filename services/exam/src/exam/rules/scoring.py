"""How an attempt is scored. The rule for multiple choice: every right option and no other, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A question as it was asked: its right options and its points (a whole number)."""

    right: frozenset[str]
    points: int
    answered: frozenset[str] | None


def is_right(*, right: frozenset[str], answered: frozenset[str] | None) -> bool:
    """Whether an answer earns its points: exactly the right options. No answer is wrong, never an error."""
    return bool(answered) and answered == right


def points_of(asked: Asked) -> int:
    """The points that one question earned: all or nothing, for all three kinds."""
    return asked.points if is_right(right=asked.right, answered=asked.answered) else 0


def score_of(questions: Iterable[Asked]) -> int:
    """The score of an attempt: the sum of what its questions earned."""
    return sum(points_of(asked) for asked in questions)


def has_passed(*, score: int, pass_score: int) -> bool:
    """Reaching the pass mark is passing."""
    return score >= pass_score


def best_of(scores: Sequence[int]) -> int | None:
    """The best score counts (E2, 取最高分); none before the first hand-in."""
    return max(scores, default=None)
