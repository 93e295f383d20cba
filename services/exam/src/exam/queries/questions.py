"""Reading the question bank."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from chassis.errors import NotFound
from sqlalchemy.orm import Session

from exam.models import Question
from exam.rules.shelves import Shelf


class QuestionNotFound(NotFound):
    """No such question on a shelf that the caller can read."""

    code = "exam.question.not_found"
    title = "试题不存在"
    next_step = "请刷新题库后重新选择。"


def readable(model: Any, shelf: Shelf) -> sa.ColumnElement[bool]:
    """The rows that somebody at this shelf may read: the own ones and the official ones."""
    official: sa.ColumnElement[bool] = model.provider_id.is_(None)
    return official if shelf.provider_id is None else sa.or_(official, model.provider_id == shelf.provider_id)


def scoped(model: Any, shelf: Shelf, scope: str | None) -> sa.ColumnElement[bool]:
    """`readable`, narrowed to "own" or "official" when asked."""
    if scope == "official":
        return sa.and_(model.provider_id.is_(None))
    if scope == "own":
        return sa.and_(model.provider_id.is_not_distinct_from(shelf.provider_id))
    return readable(model, shelf)


def list_questions(
    *, shelf: Shelf, kind: str | None, scope: str | None, text: str | None
) -> sa.Select[tuple[Question]]:
    """The bank, newest first; `text` is looked for in the question."""
    found = sa.select(Question).where(scoped(Question, shelf, scope))
    if kind:
        found = found.where(Question.kind == kind)
    if text:
        found = found.where(Question.text.icontains(text, autoescape=True))
    return found.order_by(Question.created_at.desc(), Question.id.desc())


def load_question(session: Session, question_id: uuid.UUID, *, shelf: Shelf) -> Question:
    """A question that may be read; raises QuestionNotFound."""
    found = sa.select(Question).where(Question.id == question_id, readable(Question, shelf))
    question = session.scalars(found).one_or_none()
    if question is None:
        raise QuestionNotFound
    return question


def own_question(session: Session, question_id: uuid.UUID, *, shelf: Shelf) -> Question:
    """A question of one's own shelf, locked for a change; raises QuestionNotFound."""
    found = (
        sa.select(Question)
        .where(Question.id == question_id, Question.provider_id.is_not_distinct_from(shelf.provider_id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    question = session.scalars(found).one_or_none()
    if question is None:
        raise QuestionNotFound
    return question


def readable_by_id(session: Session, ids: Sequence[uuid.UUID], *, shelf: Shelf) -> dict[uuid.UUID, Question]:
    """Those of the questions that exist and may be read."""
    found = sa.select(Question).where(Question.id.in_(ids), readable(Question, shelf))
    return {question.id: question for question in session.scalars(found)}
