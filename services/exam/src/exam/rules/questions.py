"""What a question of the bank must look like (E1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chassis.errors import FieldError

MIN_OPTIONS = 2
MAX_OPTIONS = 10
LETTERS = "ABCDEFGHIJ"


class QuestionKind(StrEnum):
    """The three kinds of the manual: 单选、多选、判断."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    TRUE_FALSE = "true_false"


@dataclass(frozen=True)
class Option:
    """One choice: `key` is its letter in the bank, `text` what the learner reads."""

    key: str
    text: str


TRUE_FALSE_OPTIONS = (Option(key="T", text="正确"), Option(key="F", text="错误"))


def full_options(*, kind: QuestionKind, options: Sequence[Option]) -> tuple[Option, ...]:
    """The options as they are kept: a true/false question always has the same two."""
    return TRUE_FALSE_OPTIONS if kind is QuestionKind.TRUE_FALSE else tuple(options)


def defects(
    *, kind: QuestionKind, options: Sequence[Option], answer: Sequence[str], at: str = ""
) -> list[FieldError]:
    """Everything that is wrong with a question, each at its JSON pointer below `at` (E1).

    A single choice has exactly one right option, a multiple choice at least two (with one it would be a
    single choice, and learners would be misled), a true/false question is answered T or F.
    """
    found = [] if kind is QuestionKind.TRUE_FALSE else _option_defects(options=options, at=at)
    keys = {option.key for option in full_options(kind=kind, options=options)}
    found += [
        FieldError(
            field=f"{at}/answer/{index}", code="unknown_option", message="正确答案必须是选项之一", value=key
        )
        for index, key in enumerate(answer)
        if key not in keys
    ]
    if len(set(answer)) != len(answer):
        found.append(FieldError(field=f"{at}/answer", code="repeated", message="正确答案不能重复"))
    if kind is QuestionKind.MULTIPLE_CHOICE and len(answer) < 2:
        found.append(FieldError(field=f"{at}/answer", code="too_few", message="多选题至少要有两个正确答案"))
    if kind is not QuestionKind.MULTIPLE_CHOICE and len(answer) != 1:
        found.append(
            FieldError(field=f"{at}/answer", code="exactly_one", message="单选题和判断题只能有一个正确答案")
        )
    return found


def _option_defects(*, options: Sequence[Option], at: str) -> list[FieldError]:
    if not MIN_OPTIONS <= len(options) <= MAX_OPTIONS:
        message = f"选项数量应为 {MIN_OPTIONS} 到 {MAX_OPTIONS} 个"
        return [FieldError(field=f"{at}/options", code="count", message=message)]
    found = [
        FieldError(
            field=f"{at}/options/{index}/key",
            code="letter",
            message=f"第 {index + 1} 个选项的编号应为 {LETTERS[index]}",
            value=option.key,
        )
        for index, option in enumerate(options)
        if option.key != LETTERS[index]
    ]
    texts = [option.text for option in options]
    found += [
        FieldError(
            field=f"{at}/options/{index}/text", code="repeated", message="选项内容不能重复", value=text
        )
        for index, text in enumerate(texts)
        if text in texts[:index]
    ]
    return found
