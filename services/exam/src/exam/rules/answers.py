"""Saved answers: each save is kept, the latest one per question counts (E4)."""

import enum
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chassis.errors import FieldError

from exam.rules.questions import QuestionKind

MAX_SAVES = 5000


class Unchecked(enum.Enum):
    """The caller does not say which answer it had seen: what it sends counts as the newest."""

    UNCHECKED = enum.auto()


UNCHECKED = Unchecked.UNCHECKED


@dataclass(frozen=True)
class Save:
    """One save: `position` counts the saves of an attempt; `answer` holds the bank's keys."""

    id: uuid.UUID
    position: int
    question_id: str
    answer: tuple[str, ...]
    marked: bool


def latest(saves: Iterable[Save]) -> dict[str, Save]:
    """Per question the save that counts: the one that reached the server last."""
    return {save.question_id: save for save in sorted(saves, key=lambda save: save.position)}


def defects(*, kind: QuestionKind, letters: Sequence[str], answer: Sequence[str]) -> list[FieldError]:
    """What is wrong with an answer given; an empty one takes the answer back and is right."""
    found = [
        FieldError(
            field=f"/answer/{index}", code="unknown_option", message="答案必须是题目的选项之一", value=letter
        )
        for index, letter in enumerate(answer)
        if letter not in letters
    ]
    if len(set(answer)) != len(answer):
        found.append(FieldError(field="/answer", code="repeated", message="答案不能重复"))
    if kind is not QuestionKind.MULTIPLE_CHOICE and len(answer) > 1:
        found.append(FieldError(field="/answer", code="too_many", message="单选题和判断题只能选一个答案"))
    return found
