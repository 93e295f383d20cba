"""A paper's draft becomes a published version, which never changes (E1)."""

import hashlib
import json
import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from chassis.db import refusing
from chassis.errors import Conflict
from chassis.ids import new_id
from sqlalchemy.orm import Session

from exam import events
from exam.actions.write_paper import PaperUnsound
from exam.models import Paper, PaperVersion, Question, VersionQuestion
from exam.queries.papers import newest_version, own_paper
from exam.rules.papers import PaperKind, defects
from exam.rules.shelves import Shelf


class NothingToPublish(Conflict):
    """The newest published version already says all that the draft says: somebody else was first."""

    code = "exam.paper.nothing_to_publish"
    title = "试卷没有需要发布的修改"
    next_step = "当前内容已经发布，请刷新后查看最新版本。"


def publish_paper(
    session: Session, *, paper_id: uuid.UUID, shelf: Shelf, publisher: uuid.UUID, now: datetime
) -> PaperVersion:
    """Freeze the draft as the next version and announce it. Of two publishers at once one wins.

    Raises PaperNotFound, PaperUnsound (no question, no duration, unreachable pass mark) or NothingToPublish.
    """
    paper = own_paper(session, paper_id, shelf=shelf)
    points = [place.score for place in paper.questions]
    found = defects(
        kind=PaperKind(paper.kind), seconds=paper.seconds, pass_score=paper.pass_score, points=points
    )
    if found:
        raise PaperUnsound(fields=found)
    questions = _frozen_questions(session, paper)
    digest = _digest(paper, questions)
    newest = newest_version(session, paper.id)
    if newest is not None and newest.digest == digest:
        raise NothingToPublish
    version = _version(paper, digest=digest, total=sum(points), publisher=publisher, now=now)
    with refusing(session, {"uq_paper_versions_number": NothingToPublish()}):
        session.add(version)
        session.flush()
        session.add_all(VersionQuestion(paper_version_id=version.id, **question) for question in questions)
    paper.published_number = version.number
    paper.updated_at = now
    session.flush()
    events.paper_published(session, version, now=now)
    return version


def _frozen_questions(session: Session, paper: Paper) -> list[dict[str, Any]]:
    ids = [place.question_id for place in paper.questions]
    bank = {
        question.id: question for question in session.scalars(sa.select(Question).where(Question.id.in_(ids)))
    }
    return [
        {
            "question_id": place.question_id,
            "position": place.position,
            "kind": bank[place.question_id].kind,
            "text": bank[place.question_id].text,
            "options": bank[place.question_id].options,
            "answer": bank[place.question_id].answer,
            "explanation": bank[place.question_id].explanation,
            "score": place.score,
        }
        for place in paper.questions
    ]


def _digest(paper: Paper, questions: list[dict[str, Any]]) -> str:
    said = [
        paper.title,
        paper.pass_score,
        paper.seconds,
        paper.shuffle_questions,
        paper.shuffle_options,
        questions,
    ]
    return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()


def _version(paper: Paper, *, digest: str, total: int, publisher: uuid.UUID, now: datetime) -> PaperVersion:
    return PaperVersion(
        id=new_id(),
        paper_id=paper.id,
        number=paper.published_number + 1,
        provider_id=paper.provider_id,
        kind=paper.kind,
        title=paper.title,
        total_score=total,
        pass_score=paper.pass_score,
        seconds=paper.seconds,
        shuffle_questions=paper.shuffle_questions,
        shuffle_options=paper.shuffle_options,
        question_count=len(paper.questions),
        digest=digest,
        published_at=now,
        published_by=publisher,
    )
