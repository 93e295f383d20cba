"""An attempt is handed in: scored once, announced once, and never changed again (E4)."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from exam import events
from exam.models import Attempt
from exam.queries.attempts import asked_of, own_attempt_locked, saved_answers
from exam.rules.deadlines import handed_in_moment, is_over
from exam.rules.scoring import has_passed, score_of


def hand_in(session: Session, *, attempt_id: uuid.UUID, account_id: uuid.UUID, now: datetime) -> Attempt:
    """The learner hands in. Doing it twice is harmless: the same result. Raises AttemptNotFound."""
    attempt = own_attempt_locked(session, attempt_id, account_id=account_id)
    if attempt.is_running:
        finish(session, attempt, ended_by="learner", now=now)
    return attempt


def finish(session: Session, attempt: Attempt, *, ended_by: str, now: datetime) -> None:
    """Score a running attempt, which the caller holds locked, and announce it.

    One that ran out is handed in as of its deadline, whoever notices (`ended_by` is then "deadline").
    """
    score = score_of(asked_of(attempt, saved_answers(session, attempt)))
    attempt.score = score
    attempt.passed = has_passed(score=score, pass_score=attempt.pass_score)
    attempt.ended_by = "deadline" if is_over(deadline=attempt.deadline, now=now) else ended_by
    attempt.handed_in_at = handed_in_moment(deadline=attempt.deadline, now=now)
    session.flush()
    events.attempt_handed_in(session, attempt, now=now)
