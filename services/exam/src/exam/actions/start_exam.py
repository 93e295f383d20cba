"""A learner starts the class's exam, or goes on with it (E2–E4)."""

import uuid
from datetime import datetime

from chassis.errors import Conflict
from sqlalchemy.orm import Session

from exam.actions.start_attempt import Started, Target, begin, refuse_closed, resumable, used
from exam.models import ClassExam
from exam.queries.classes import ClassNotFound, NoExam, known_class
from exam.rules.tickets import Ticket
from exam.rules.windows import WindowState, attempts_left, window_state


class ClassNotOpen(Conflict):
    """The class is not open."""

    code = "exam.class.not_open"
    title = "班级不在开班状态"
    next_step = "请联系班主任确认班级状态。"


class WindowNotOpen(Conflict):
    """The exam's window has not begun."""

    code = "exam.window.not_open"
    title = "考试尚未开放"
    next_step = "请在页面所示的考试时间内进入考试。"


class WindowOver(Conflict):
    """The exam's window is over."""

    code = "exam.window.over"
    title = "考试时间已结束"
    next_step = "如有疑问，请联系班主任。"


class NoAttemptLeft(Conflict):
    """All attempts are used (3/3)."""

    code = "exam.attempt.none_left"
    title = "作答次数已用完"
    next_step = "历次作答取最高分，可在班级页面查看成绩。"


def start_exam(session: Session, *, class_id: uuid.UUID, ticket: Ticket, now: datetime) -> Started:
    """Start the next attempt at the class's exam, or give back the one that runs.

    Raises ClassNotFound, ClassClosed, TicketOutdated, ProjectionPending, NoExam, ClassNotOpen, WindowNotOpen,
    WindowOver or NoAttemptLeft.
    """
    if ticket.class_id != class_id:
        raise ClassNotFound
    refuse_closed(session, ticket=ticket)
    known = known_class(session, ticket=ticket)
    if known.paper_version_id is not None and known.state != "open":
        raise ClassNotOpen
    running = resumable(session, ticket=ticket, target_id=class_id, now=now)
    if running is not None:
        return Started(attempt=running, fresh=False)
    target = _target(known, now=now)
    begun = used(session, ticket=ticket, target_id=class_id)
    if not attempts_left(used=begun, allowed=target.attempts_allowed or 0):
        raise NoAttemptLeft
    return begin(session, ticket=ticket, target=target, number=begun + 1, now=now)


def _target(known: ClassExam, *, now: datetime) -> Target:
    if known.paper_version_id is None or known.opens_at is None or known.closes_at is None:
        raise NoExam
    window = window_state(opens_at=known.opens_at, closes_at=known.closes_at, now=now)
    if window is WindowState.NOT_YET:
        raise WindowNotOpen
    if window is WindowState.OVER:
        raise WindowOver
    return Target(
        kind="exam",
        target_id=known.class_id,
        item_id=None,
        paper_version_id=known.paper_version_id,
        attempts_allowed=known.attempts,
        seconds=known.seconds,
        closes_at=known.closes_at,
    )
