"""A question of the bank is rewritten. Papers that are already published keep the old wording."""

import uuid
from datetime import datetime

from chassis.web import check_version
from sqlalchemy.orm import Session

from exam.actions.write_questions import QuestionDraft, QuestionUnsound, check, fill
from exam.models import Question
from exam.queries.questions import own_question
from exam.rules.shelves import Shelf


def change_question(
    session: Session,
    *,
    question_id: uuid.UUID,
    draft: QuestionDraft,
    shelf: Shelf,
    expected: int,
    now: datetime,
) -> Question:
    """Rewrite a question of the own shelf that is still at version `expected`.

    Raises QuestionNotFound, ChangedMeanwhile or QuestionUnsound.
    """
    question = own_question(session, question_id, shelf=shelf)
    check_version(question, expected)
    found = check(draft)
    if found:
        raise QuestionUnsound(fields=found)
    fill(question, draft, now=now)
    session.flush()
    return question
