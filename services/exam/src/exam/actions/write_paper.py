"""A paper is drafted and redrafted (E1). What was published before stays as it was."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from chassis.errors import FieldError, Invalid
from chassis.ids import new_id
from chassis.web import check_version
from sqlalchemy.orm import Session

from exam.models import Paper, PaperQuestion
from exam.queries.papers import own_paper
from exam.queries.questions import readable_by_id
from exam.rules.papers import MAX_QUESTIONS, PaperKind
from exam.rules.shelves import Shelf


class PaperUnsound(Invalid):
    """A paper breaks a rule; every defect is listed."""

    code = "exam.paper.unsound"
    title = "试卷不符合要求"
    next_step = "请按 errors 中每一项的说明修改试卷。"


@dataclass(frozen=True, kw_only=True)
class PaperDraft:
    """A paper as its author wrote it; `questions` are (question id, points) in order."""

    title: str
    pass_score: int
    seconds: int
    shuffle_questions: bool
    shuffle_options: bool
    questions: tuple[tuple[uuid.UUID, int], ...]


def create_paper(
    session: Session, *, kind: PaperKind, draft: PaperDraft, shelf: Shelf, now: datetime
) -> Paper:
    """Put a new paper on the shelf. Raises PaperUnsound for questions that are not there or asked twice."""
    paper = Paper(
        id=new_id(), provider_id=shelf.provider_id, kind=str(kind), created_at=now, published_number=0
    )
    _fill(session, paper, draft, shelf=shelf, now=now)
    session.add(paper)
    session.flush()
    return paper


def change_paper(
    session: Session, *, paper_id: uuid.UUID, draft: PaperDraft, shelf: Shelf, expected: int, now: datetime
) -> Paper:
    """Redraft a paper of the own shelf that is still at version `expected`; its kind stays.

    Raises PaperNotFound, ChangedMeanwhile or PaperUnsound.
    """
    paper = own_paper(session, paper_id, shelf=shelf)
    check_version(paper, expected)
    _fill(session, paper, draft, shelf=shelf, now=now)
    session.flush()
    return paper


def _fill(session: Session, paper: Paper, draft: PaperDraft, *, shelf: Shelf, now: datetime) -> None:
    defects = _question_defects(session, draft, shelf=shelf)
    if defects:
        raise PaperUnsound(fields=defects)
    paper.title = draft.title
    paper.pass_score = draft.pass_score
    # An exercise has no time limit, so a duration would only mislead.
    paper.seconds = 0 if paper.kind == PaperKind.EXERCISE else draft.seconds
    paper.shuffle_questions = draft.shuffle_questions
    paper.shuffle_options = draft.shuffle_options
    paper.updated_at = now
    kept = {place.question_id: place for place in paper.questions}
    places = []
    for position, (question_id, score) in enumerate(draft.questions, start=1):
        place = kept.get(question_id) or PaperQuestion(paper_id=paper.id, question_id=question_id)
        place.position, place.score = position, score
        places.append(place)
    paper.questions = places


def _question_defects(session: Session, draft: PaperDraft, *, shelf: Shelf) -> list[FieldError]:
    ids = [question_id for question_id, _ in draft.questions]
    if len(ids) > MAX_QUESTIONS:
        return [
            FieldError(field="/questions", code="too_many", message=f"一份试卷最多 {MAX_QUESTIONS} 道试题")
        ]
    known = readable_by_id(session, ids, shelf=shelf)
    found = []
    for index, question_id in enumerate(ids):
        at = f"/questions/{index}/question_id"
        if question_id not in known:
            found.append(
                FieldError(field=at, code="unknown", message="题库中没有这道试题", value=str(question_id))
            )
        elif question_id in ids[:index]:
            found.append(
                FieldError(
                    field=at, code="repeated", message="同一道试题不能出现两次", value=str(question_id)
                )
            )
    return found
