"""A question leaves the bank, unless a paper's draft still asks it."""

import uuid

import sqlalchemy as sa
from chassis.db import refusing
from chassis.errors import Conflict
from sqlalchemy.orm import Session

from exam.models import PaperQuestion, Question
from exam.queries.questions import own_question
from exam.rules.shelves import Shelf


class QuestionInUse(Conflict):
    """A paper's draft still asks this question."""

    code = "exam.question.in_use"
    title = "试题正被试卷使用"
    next_step = "请先从试卷中移除该试题，再删除。"


def remove_question(session: Session, *, question_id: uuid.UUID, shelf: Shelf) -> None:
    """Delete a question of the own shelf. Raises QuestionNotFound or QuestionInUse."""
    question = own_question(session, question_id, shelf=shelf)
    used = sa.select(sa.exists().where(PaperQuestion.question_id == question.id))
    if session.scalar(used):
        raise QuestionInUse
    with refusing(session, {"fk_paper_questions_question_id": QuestionInUse()}):
        session.execute(sa.delete(Question).where(Question.id == question.id))
