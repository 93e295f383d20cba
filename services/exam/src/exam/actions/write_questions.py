"""Questions come into the bank, one or many: all of them or none (E1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.errors import FieldError, Invalid
from chassis.ids import new_id
from sqlalchemy.orm import Session

from exam.models import Question
from exam.rules.questions import Option, QuestionKind, defects, full_options
from exam.rules.shelves import Shelf


class QuestionUnsound(Invalid):
    """A question breaks a rule of its kind; every defect is listed."""

    code = "exam.question.unsound"
    title = "试题不符合要求"
    next_step = "请按 errors 中每一项的说明修改试题。"


@dataclass(frozen=True, kw_only=True)
class QuestionDraft:
    """A question as its author wrote it."""

    kind: QuestionKind
    text: str
    options: tuple[Option, ...]
    answer: tuple[str, ...]
    explanation: str = ""


def write_questions(
    session: Session, *, drafts: Sequence[QuestionDraft], shelf: Shelf, now: datetime, at: str = ""
) -> list[Question]:
    """Add questions to the shelf's bank. Raises QuestionUnsound with every defect of every question.

    With `at`, defects are named below it by index, as in "/items/3/answer".
    """
    found: list[FieldError] = []
    for index, draft in enumerate(drafts):
        found += check(draft, at=f"{at}/{index}" if at else "")
    if found:
        raise QuestionUnsound(fields=found)
    questions = []
    for draft in drafts:
        question = Question(id=new_id(), provider_id=shelf.provider_id, created_at=now)
        fill(question, draft, now=now)
        questions.append(question)
    session.add_all(questions)
    session.flush()
    return questions


def check(draft: QuestionDraft, *, at: str = "") -> list[FieldError]:
    """The defects of a draft."""
    return defects(kind=draft.kind, options=draft.options, answer=draft.answer, at=at)


def fill(question: Question, draft: QuestionDraft, *, now: datetime) -> None:
    """Put a sound draft's content into a question."""
    options = full_options(kind=draft.kind, options=draft.options)
    question.kind = str(draft.kind)
    question.text = draft.text
    question.options = [{"key": option.key, "text": option.text} for option in options]
    question.answer = sorted(draft.answer)
    question.explanation = draft.explanation
    question.updated_at = now
