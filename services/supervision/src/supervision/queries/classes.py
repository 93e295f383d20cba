"""What is known of classes, for learners with a ticket and for their teachers."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import sqlalchemy as sa
from chassis.errors import Conflict, Failure, Gone, NotFound, ProjectionPending
from sqlalchemy.orm import Session

from supervision.models import ClassLearner, ClassPolicy
from supervision.rules.days import is_class_day
from supervision.rules.tickets import Ticket


class ClassNotFound(NotFound):
    """No such class, or not one of the caller's."""

    code = "supervision.class.not_found"
    title = "班级不存在"
    next_step = "请从班级列表重新进入。"


class ClassNotOpen(Conflict):
    """The class is not open: not yet, in graduation, or over."""

    code = "supervision.class.not_open"
    title = "班级不在开班状态"
    next_step = "请联系班主任确认班级状态。"


class NoClassDay(Conflict):
    """Study and check-in are possible from the start day to the end day (K17)."""

    code = "supervision.class.no_class_day"
    title = "今天不在班级的上课日期内"
    next_step = "请在上课日期内学习和签到。"


class TicketOutdated(Gone):
    """The class was closed and opened again since the ticket was given."""

    code = "supervision.ticket.outdated"
    title = "班级凭证已失效"
    next_step = "请刷新班级页面后重试。"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A member of staff who looks at classes; `whole_provider` sees all of the provider's, others their own."""

    account_id: uuid.UUID
    provider_id: uuid.UUID | None
    whole_provider: bool


class KnownClass(Protocol):
    """What is known of a class: a ClassPolicy, or those of its columns that a statement has read."""

    @property
    def state(self) -> str: ...
    @property
    def start_day(self) -> date: ...
    @property
    def end_day(self) -> date: ...


def known_policy(session: Session, *, class_id: uuid.UUID, ticket: Ticket) -> ClassPolicy:
    """The policy of the ticket's class. Raises what `require_known` raises."""
    removed = sa.exists().where(
        ClassLearner.enrolment_id == ticket.enrolment_id, ClassLearner.removed.is_(True)
    )
    found = session.execute(
        sa.select(ClassPolicy, removed).where(ClassPolicy.class_id == class_id),
        execution_options={"populate_existing": True},
    ).one_or_none()
    policy, is_removed = found or (None, False)
    known: ClassPolicy = require_known(policy, removed=is_removed, class_id=class_id, ticket=ticket)
    return known


def require_known(policy: Any, *, removed: bool, class_id: uuid.UUID, ticket: Ticket) -> Any:
    """The policy, None before anything was heard of the class, when it fits the ticket.

    Raises ClassNotFound for another class or an enrolment that was removed, ProjectionPending while the news has
    not arrived, TicketOutdated for a ticket from before the class was opened again.
    """
    if ticket.class_id != class_id:
        raise ClassNotFound
    if policy is None or _is_behind(policy, ticket):
        raise ProjectionPending(retry_after=1)
    if removed:
        raise ClassNotFound
    if ticket.epoch < policy.epoch:
        raise TicketOutdated
    return policy


def _is_behind(policy: Any, ticket: Ticket) -> bool:
    """Whether the ticket is newer: tickets are only given for classes that have been opened."""
    unopened = policy.state in ("draft", "opening_review")
    return unopened or policy.epoch < ticket.epoch or policy.policy_version < ticket.policy_version


def require_open(policy: KnownClass) -> None:
    """Raise ClassNotOpen unless the class is open."""
    if policy.state != "open":
        raise ClassNotOpen


def why_not_open(session: Session, *, class_id: uuid.UUID, epoch: int) -> Failure:
    """Why nothing is written for a paper of this epoch: the class was opened again since, is closed, or nothing is
    known of it (any more, while its projection is rebuilt)."""
    policy = session.get(ClassPolicy, class_id, populate_existing=True)
    if policy is not None and epoch < policy.epoch:
        return TicketOutdated()
    if policy is not None and policy.state != "open":
        return ClassNotOpen()
    return ProjectionPending(retry_after=1)


def require_class_day(policy: KnownClass, *, today: date) -> None:
    """Raise NoClassDay unless today is a day of the class."""
    if not is_class_day(start_day=policy.start_day, end_day=policy.end_day, today=today):
        raise NoClassDay


def policy_of_staff(session: Session, class_id: uuid.UUID, *, reader: Reader) -> ClassPolicy:
    """A class of the reader's provider, and unless they see all, one that they teach. Raises ClassNotFound."""
    found = sa.select(ClassPolicy).where(
        ClassPolicy.class_id == class_id, ClassPolicy.provider_id == reader.provider_id
    )
    policy = session.scalars(found).one_or_none()
    if policy is None or not (reader.whole_provider or str(reader.account_id) in policy.teachers):
        raise ClassNotFound
    return policy
