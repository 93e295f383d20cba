"""An attempt is handed in: scored once, announced once, and never changed again (E4)."""

import uuid
from datetime import datetime

from chassis.errors import Conflict
from sqlalchemy.orm import Session

from exam import events
from exam.models import Attempt
from exam.queries.attempts import asked_of, last_save, own_attempt_locked, saved_answers
from exam.rules.answers import UNCHECKED, Unchecked
from exam.rules.deadlines import handed_in_moment, is_over
from exam.rules.scoring import has_passed, score_of


class AnsweredElsewhere(Conflict):
    """Another device has saved an answer that the page which hands in has not seen."""

    code = "exam.attempt.answered_elsewhere"
    title = "您在另一台设备或另一个页面上又保存了答案，尚未交卷"
    next_step = "请核对当前的答案后再交卷。"


def hand_in(
    session: Session,
    *,
    attempt_id: uuid.UUID,
    account_id: uuid.UUID,
    now: datetime,
    based_on: uuid.UUID | Unchecked | None = UNCHECKED,
) -> Attempt:
    """The learner hands in. Doing it twice is harmless: the same result.

    `based_on` is the id of the last save that the page knew, None when it knew of none: a page that was offline
    must not end what goes on elsewhere. Once the time is over it no longer matters.
    Raises AttemptNotFound or AnsweredElsewhere.
    """
    attempt = own_attempt_locked(session, attempt_id, account_id=account_id)
    if not attempt.is_running:
        return attempt
    if based_on is not UNCHECKED and not is_over(deadline=attempt.deadline, now=now):
        newest = last_save(session, attempt)
        if newest is not None and newest.change_id != based_on:
            raise AnsweredElsewhere
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
