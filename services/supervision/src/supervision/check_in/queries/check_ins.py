"""Check-ins of learners and classes."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from chassis.errors import NotFound
from sqlalchemy.orm import Session

from supervision.check_in.models import CheckIn
from supervision.check_in.rules.slots import Slot
from supervision.models import ClassLearner
from supervision.queries.classes import ClassNotFound, Reader, policy_of_staff


class CheckInNotFound(NotFound):
    """No such check-in, or not of a class of the caller's."""

    code = "supervision.check_in.not_found"
    title = "签到记录不存在"
    next_step = "请刷新签到统计后重试。"


def slots_done(session: Session, *, enrolment_id: uuid.UUID, day: date) -> set[Slot]:
    """The slots of a day that are filled."""
    found = sa.select(CheckIn.slot).where(CheckIn.enrolment_id == enrolment_id, CheckIn.day == day)
    return {Slot(slot) for slot in session.scalars(found)}


def own_check_ins(session: Session, *, enrolment_id: uuid.UUID) -> list[CheckIn]:
    """All check-ins of an enrolment, newest first."""
    found = sa.select(CheckIn).where(CheckIn.enrolment_id == enrolment_id)
    return list(session.scalars(found.order_by(CheckIn.at.desc())))


def slots_by_day(session: Session, *, enrolment_id: uuid.UUID) -> Mapping[date, set[Slot]]:
    """Per day the slots that an enrolment has filled."""
    found = sa.select(CheckIn.day, CheckIn.slot).where(CheckIn.enrolment_id == enrolment_id)
    days: dict[date, set[Slot]] = {}
    for day, slot in session.execute(found):
        days.setdefault(day, set()).add(Slot(slot))
    return days


def list_check_ins(
    *, class_id: uuid.UUID, day: date | None, enrolment_id: uuid.UUID | None
) -> sa.Select[Any]:
    """The check-ins of a class with the learner's name, newest first."""
    found = (
        sa.select(
            CheckIn.id,
            CheckIn.enrolment_id,
            sa.func.coalesce(ClassLearner.name, "").label("name"),
            CheckIn.day,
            CheckIn.slot,
            CheckIn.at,
        )
        .outerjoin(ClassLearner, ClassLearner.enrolment_id == CheckIn.enrolment_id)
        .where(CheckIn.class_id == class_id)
    )
    if day is not None:
        found = found.where(CheckIn.day == day)
    if enrolment_id is not None:
        found = found.where(CheckIn.enrolment_id == enrolment_id)
    return found.order_by(CheckIn.at.desc(), CheckIn.id)


def check_in_of_staff(session: Session, check_in_id: uuid.UUID, *, reader: Reader) -> CheckIn:
    """A check-in in a class that the reader may look at. Raises CheckInNotFound: one of somebody else's class
    and one that does not exist look the same."""
    found = session.get(CheckIn, check_in_id)
    if found is None:
        raise CheckInNotFound
    try:
        policy_of_staff(session, found.class_id, reader=reader)
    except ClassNotFound:
        raise CheckInNotFound from None
    return found
