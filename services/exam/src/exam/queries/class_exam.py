"""A class's exam as its learner sees it before starting (E2, E3)."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from exam.models import Attempt, ClassExam, PaperVersion
from exam.queries.attempt_view import attempt_line
from exam.queries.attempts import attempts_at
from exam.queries.classes import ClassNotFound, NoExam, known_class
from exam.rules.deadlines import is_over
from exam.rules.scoring import best_of
from exam.rules.tickets import Ticket
from exam.rules.windows import attempts_left, window_state


def class_exam(
    session: Session, *, class_id: uuid.UUID, ticket: Ticket, account_name: str, now: datetime
) -> dict[str, Any]:
    """Window, attempts used (0/3), duration, who it is by the roster, own attempts and the best score.

    Raises ClassNotFound, ProjectionPending or NoExam.
    """
    if ticket.class_id != class_id:
        raise ClassNotFound
    known = known_class(session, ticket=ticket)
    if known.paper_version_id is None:
        raise NoExam
    paper = session.get(PaperVersion, known.paper_version_id)
    attempts = attempts_at(session, enrolment_id=ticket.enrolment_id, target_id=class_id)
    return {
        "class_id": class_id,
        "class_name": known.name,
        "account_name": ticket.learner_name or account_name,
        "title": paper.title if paper else None,
        "question_count": paper.question_count if paper else None,
        "total_score": paper.total_score if paper else None,
        "pass_score": paper.pass_score if paper else None,
        "server_time": now,
        **_limits(known, used=len(attempts), now=now),
        **_results(attempts, now=now),
    }


def _limits(known: ClassExam, *, used: int, now: datetime) -> dict[str, Any]:
    window = None
    if known.opens_at is not None and known.closes_at is not None:
        window = str(window_state(opens_at=known.opens_at, closes_at=known.closes_at, now=now))
    return {
        "opens_at": known.opens_at,
        "closes_at": known.closes_at,
        "window": window,
        "class_open": known.state == "open",
        "seconds": known.seconds,
        "attempts_allowed": known.attempts,
        "attempts_used": used,
        "attempts_left": attempts_left(used=used, allowed=known.attempts or 0),
    }


def _results(attempts: list[Attempt], *, now: datetime) -> dict[str, Any]:
    running = next((one for one in attempts if one.is_running), None)
    goes_on = running is not None and not is_over(deadline=running.deadline, now=now)
    return {
        "running_attempt_id": running.id if running is not None and goes_on else None,
        "best_score": best_of([one.score for one in attempts if one.score is not None]),
        "passed": any(one.passed for one in attempts),
        "attempts": [attempt_line(one, now=now) for one in attempts],
    }
