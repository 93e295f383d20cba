"""The learner's own order of questions and options, and the way between its letters and the bank's.

A learner sees options lettered A, B, C in the order shown. The bank's letters never leave the server: an author
who always makes A right would otherwise give the answer away (E6).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from exam.rules.questions import LETTERS, QuestionKind

T = TypeVar("T")


@dataclass(frozen=True)
class Shown:
    """One question of a frozen order: its id, its kind and the bank's option keys in the order shown."""

    question_id: str
    kind: QuestionKind
    options: tuple[str, ...]


def freeze_order(
    *,
    questions: Sequence[tuple[str, QuestionKind, Sequence[str]]],
    shuffle_questions: bool,
    shuffle_options: bool,
    seed: int,
) -> list[Shown]:
    """The order that one attempt keeps for good (E3); `questions` are (id, kind, option keys) in paper order.

    True and false stay where everyone expects them.
    """
    draw = random.Random(seed)
    ordered = _shuffled(questions, draw) if shuffle_questions else list(questions)
    return [
        Shown(
            question_id=question_id,
            kind=kind,
            options=tuple(
                _shuffled(keys, draw) if shuffle_options and kind is not QuestionKind.TRUE_FALSE else keys
            ),
        )
        for question_id, kind, keys in ordered
    ]


def _shuffled(things: Sequence[T], draw: random.Random) -> list[T]:
    return draw.sample(list(things), k=len(things))


def letters_of(*, kind: QuestionKind, count: int) -> tuple[str, ...]:
    """The letters that a learner sees: T and F, or A, B, C by position."""
    return ("T", "F") if kind is QuestionKind.TRUE_FALSE else tuple(LETTERS[:count])


def to_shown(*, kind: QuestionKind, options: Sequence[str], keys: Sequence[str]) -> list[str]:
    """The bank's keys as the letters that this learner sees, in the order shown."""
    letters = dict(zip(options, letters_of(kind=kind, count=len(options)), strict=True))
    return sorted(letters[key] for key in keys)


def to_bank(*, kind: QuestionKind, options: Sequence[str], letters: Sequence[str]) -> list[str]:
    """A learner's letters as the bank's keys. Raises KeyError for a letter that was not shown."""
    keys = dict(zip(letters_of(kind=kind, count=len(options)), options, strict=True))
    return sorted(keys[letter] for letter in letters)
