"""A learner starts an exercise or a mock exam of the course, or goes on with it (K19)."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from chassis.clock import shanghai_day, shanghai_midnight
from chassis.errors import Conflict
from sqlalchemy.orm import Session

from exam.actions.hand_in import finish
from exam.actions.start_attempt import (
    PaperMissing,
    Started,
    StartedElsewhere,
    Target,
    begin,
    published,
    refuse_closed,
    resumable,
    used,
)
from exam.actions.start_exam import ClassNotOpen
from exam.models import Attempt, ClassExam
from exam.queries.classes import known_class
from exam.rules.deadlines import is_over
from exam.rules.papers import PaperKind, time_limit
from exam.rules.tickets import Item, Ticket
from exam.rules.windows import is_class_day


class NoClassDay(Conflict):
    """Study is possible from the start day to the end day (K17)."""

    code = "exam.class.no_class_day"
    title = "今天不在班级的上课日期内"
    next_step = "请在上课日期内完成练习和模考。"


class OtherMockRunning(Conflict):
    """One mock exam at a time: their seconds count as learned (K18)."""

    code = "exam.attempt.other_mock_running"
    title = "您有另一场模考正在进行"
    next_step = "请先完成并交卷，再开始新的模考。"


def start_item(session: Session, *, ticket: Ticket, item: Item, now: datetime) -> Started:
    """Start an item's next attempt, or give back the one that runs. They may be repeated without limit.

    Raises ClassClosed, TicketOutdated, ProjectionPending, PaperMissing, ClassNotOpen, NoClassDay or OtherMockRunning.
    """
    if item.kind not in (PaperKind.EXERCISE, PaperKind.MOCK_EXAM):
        raise PaperMissing
    refuse_closed(session, ticket=ticket)
    known = known_class(session, ticket=ticket)
    if known.state != "open":
        raise ClassNotOpen
    running = resumable(session, ticket=ticket, target_id=item.item_id, now=now)
    if running is not None:
        return Started(attempt=running, fresh=False)
    closes_at = _last_moment(known, now=now)
    if item.kind == PaperKind.MOCK_EXAM:
        _refuse_other_mock(session, ticket=ticket, now=now)
    paper = published(session, item.paper_version_id)
    target = Target(
        kind=item.kind,
        target_id=item.item_id,
        item_id=item.item_id,
        paper_version_id=paper.id,
        attempts_allowed=None,
        # The item's own kind decides: an exercise has no limit whatever paper it asks.
        seconds=time_limit(kind=PaperKind(item.kind), seconds=paper.seconds),
        closes_at=closes_at,
    )
    number = used(session, ticket=ticket, target_id=item.item_id) + 1
    return _begin(session, ticket=ticket, target=target, number=number, now=now)


def _begin(session: Session, *, ticket: Ticket, target: Target, number: int, now: datetime) -> Started:
    try:
        return begin(session, ticket=ticket, target=target, number=number, now=now)
    except StartedElsewhere:
        if _mock_under_way(session, ticket=ticket) is not None:
            raise OtherMockRunning from None
        raise


def _last_moment(known: ClassExam, *, now: datetime) -> datetime:
    """The end of the class's last day: what is done after it counts for nothing (K19)."""
    if known.start_day is None or known.end_day is None:
        raise NoClassDay
    if not is_class_day(start_day=known.start_day, end_day=known.end_day, today=shanghai_day(now)):
        raise NoClassDay
    return shanghai_midnight(known.end_day + timedelta(days=1))


def _refuse_other_mock(session: Session, *, ticket: Ticket, now: datetime) -> None:
    other = _mock_under_way(session, ticket=ticket)
    if other is None:
        return
    if not is_over(deadline=other.deadline, now=now):
        raise OtherMockRunning(attempt_id=str(other.id))
    finish(session, other, ended_by="deadline", now=now)


def _mock_under_way(session: Session, *, ticket: Ticket) -> Attempt | None:
    found = (
        sa.select(Attempt)
        .where(
            Attempt.enrolment_id == ticket.enrolment_id,
            Attempt.kind == "mock_exam",
            Attempt.handed_in_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(found).one_or_none()
