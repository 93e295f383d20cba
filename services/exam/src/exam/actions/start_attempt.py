"""What starting an exam and starting an item have in common."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from chassis.db import insert
from chassis.errors import Conflict, NotFound
from chassis.ids import new_id
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from exam.actions.gates import hold_gate_shared
from exam.actions.hand_in import finish
from exam.models import Attempt, ClassExam, PaperVersion
from exam.queries.attempts import running_attempt
from exam.queries.classes import TicketOutdated
from exam.rules.deadlines import deadline_of, is_over
from exam.rules.presentation import freeze_order
from exam.rules.questions import QuestionKind
from exam.rules.tickets import Ticket
from exam.rules.windows import is_closed_for


class ClassClosed(Conflict):
    """The class was closed for graduation in the ticket's epoch (K27)."""

    code = "exam.class.closed"
    title = "班级已申请结业，学习和考试已关闭"
    next_step = "如结业申请被退回，请重新进入班级页面后再试。"


class StartedElsewhere(Conflict):
    """Another request for the same attempt came and went at the same moment."""

    code = "exam.attempt.started_elsewhere"
    title = "正在另一处进行同一作答"
    next_step = "请刷新页面后重试。"


class PaperMissing(NotFound):
    """The paper that a ticket or class names was never published here."""

    code = "exam.attempt.paper_missing"
    title = "试卷不存在"
    next_step = "请联系班主任核对课程和考试设置。"


@dataclass(frozen=True, kw_only=True)
class Target:
    """What is attempted: the class's exam or an item, with its paper and limits."""

    kind: str
    target_id: uuid.UUID
    item_id: uuid.UUID | None
    paper_version_id: uuid.UUID
    attempts_allowed: int | None
    seconds: int | None
    closes_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Started:
    """The attempt that runs now; `fresh` unless it ran before and is gone on with (E4)."""

    attempt: Attempt
    fresh: bool


def refuse_closed(session: Session, *, ticket: Ticket) -> None:
    """Hold the class's gate shared until the commit. Raises ClassClosed for an epoch that was closed,
    TicketOutdated when the class is known to have been opened again since."""
    gate = hold_gate_shared(session, ticket.class_id)
    if not is_closed_for(epoch=ticket.epoch, closed_epoch=gate.closed_epoch):
        return
    known = session.get(ClassExam, ticket.class_id)
    raise TicketOutdated if known is not None and known.epoch > ticket.epoch else ClassClosed


def resumable(session: Session, *, ticket: Ticket, target_id: uuid.UUID, now: datetime) -> Attempt | None:
    """The attempt that still runs, to go on with; one that ran out is handed in first."""
    running = running_attempt(session, enrolment_id=ticket.enrolment_id, target_id=target_id)
    if running is not None and is_over(deadline=running.deadline, now=now):
        finish(session, running, ended_by="deadline", now=now)
        return None
    return running


def published(session: Session, paper_version_id: uuid.UUID | None) -> PaperVersion:
    """The paper to be asked. Raises PaperMissing."""
    paper = session.get(PaperVersion, paper_version_id) if paper_version_id else None
    if paper is None:
        raise PaperMissing
    return paper


def used(session: Session, *, ticket: Ticket, target_id: uuid.UUID) -> int:
    """How many attempts the learner has begun; a running one is used."""
    found = sa.select(sa.func.count()).where(
        Attempt.enrolment_id == ticket.enrolment_id, Attempt.target_id == target_id
    )
    return session.scalar(found) or 0


def begin(session: Session, *, ticket: Ticket, target: Target, number: int, now: datetime) -> Started:
    """Start the attempt with this number and freeze the learner's own order (E3).

    Of two starts at once one makes the attempt and both get it. Raises StartedElsewhere when it is gone again.
    """
    paper = published(session, target.paper_version_id)
    row = _row(paper, ticket=ticket, target=target, number=number, now=now)
    # RETURNING tells whether there is a new row; PostgreSQL's driver gives no count for an INSERT.
    statement = insert(session, Attempt).values(row).on_conflict_do_nothing().returning(Attempt)
    made = session.scalars(sa.select(Attempt).from_statement(statement)).one_or_none()
    if made is not None:
        set_committed_value(made, "paper", paper)
        return Started(attempt=made, fresh=True)
    other = running_attempt(session, enrolment_id=ticket.enrolment_id, target_id=target.target_id)
    if other is None:
        raise StartedElsewhere
    return Started(attempt=other, fresh=False)


def _row(
    paper: PaperVersion, *, ticket: Ticket, target: Target, number: int, now: datetime
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "class_id": ticket.class_id,
        "enrolment_id": ticket.enrolment_id,
        "account_id": ticket.account_id,
        "provider_id": ticket.provider_id,
        "kind": target.kind,
        "target_id": target.target_id,
        "item_id": target.item_id,
        "paper_version_id": paper.id,
        "number": number,
        "attempts_allowed": target.attempts_allowed,
        "epoch": ticket.epoch,
        "question_order": _order(paper),
        "total_score": paper.total_score,
        "pass_score": paper.pass_score,
        "seconds": target.seconds,
        "started_at": now,
        "deadline": deadline_of(started_at=now, seconds=target.seconds, closes_at=target.closes_at),
    }


def _order(paper: PaperVersion) -> list[dict[str, Any]]:
    questions = [
        (
            str(question.question_id),
            QuestionKind(question.kind),
            [option["key"] for option in question.options],
        )
        for question in paper.questions
    ]
    frozen = freeze_order(
        questions=questions,
        shuffle_questions=paper.shuffle_questions,
        shuffle_options=paper.shuffle_options,
        seed=secrets.randbits(64),
    )
    return [
        {"question_id": shown.question_id, "kind": str(shown.kind), "options": list(shown.options)}
        for shown in frozen
    ]
