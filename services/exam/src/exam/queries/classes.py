"""What is known of classes, for learners with a ticket and for their teachers."""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from chassis.errors import Gone, NotFound, ProjectionPending
from sqlalchemy.orm import Session

from exam.models import ClassExam
from exam.rules.tickets import Ticket


class ClassNotFound(NotFound):
    """No such class, or not one of the caller's."""

    code = "exam.class.not_found"
    title = "班级不存在"
    next_step = "请从班级列表重新进入。"


class NoExam(NotFound):
    """The class has no online exam."""

    code = "exam.class.no_exam"
    title = "本班级没有线上考试"
    next_step = "请以班级公告的安排为准。"


class TicketOutdated(Gone):
    """The class was closed and opened again since the ticket was given."""

    code = "exam.ticket.outdated"
    title = "班级凭证已失效"
    next_step = "请刷新班级页面后重试。"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A member of staff who looks at classes; `whole_provider` sees all of the provider's, others their own."""

    account_id: uuid.UUID
    provider_id: uuid.UUID | None
    whole_provider: bool


def known_class(session: Session, *, ticket: Ticket) -> ClassExam:
    """The class as the ticket knows it. Raises ProjectionPending while the news has not arrived, TicketOutdated for
    a ticket from before the class was opened again."""
    found = session.get(ClassExam, ticket.class_id)
    if found is None or _is_behind(found, ticket):
        raise ProjectionPending(retry_after=1)
    if ticket.epoch < found.epoch:
        raise TicketOutdated
    return found


def _is_behind(known: ClassExam, ticket: Ticket) -> bool:
    """Whether the ticket is newer: tickets are only given for classes that have been opened."""
    unopened = known.state in ("draft", "opening_review")
    return unopened or known.epoch < ticket.epoch or known.policy_version < ticket.policy_version


def class_of_staff(session: Session, class_id: uuid.UUID, *, reader: Reader) -> ClassExam:
    """A class of the reader's provider, and unless they see all, one that they teach. Raises ClassNotFound."""
    found = sa.select(ClassExam).where(
        ClassExam.class_id == class_id, ClassExam.provider_id == reader.provider_id
    )
    known = session.scalars(found).one_or_none()
    if known is None or not (reader.whole_provider or str(reader.account_id) in known.teachers):
        raise ClassNotFound
    return known
