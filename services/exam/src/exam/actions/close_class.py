"""A class closes for graduation (K27): all that runs is handed in, then classroom is told how many there were."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from chassis.errors import Conflict
from sqlalchemy.orm import Session

from exam import events
from exam.actions.gates import hold_gate
from exam.actions.hand_in import finish
from exam.models import Attempt, ClassClosing


class ClassAlreadyClosed(Conflict):
    """This epoch of the class was closed and answered before."""

    code = "exam.class.already_closed"
    title = "班级的本次考试已经关闭"
    next_step = "无需重复操作。"


def close_class(session: Session, *, class_id: uuid.UUID, epoch: int, now: datetime) -> ClassClosing:
    """Hand in the running attempts of this epoch and those before, refuse new ones, announce both.

    A class that was never heard of has no attempts and is answered all the same: classroom waits for it.
    Raises ClassAlreadyClosed when this epoch was closed before.
    """
    gate = hold_gate(session, class_id)
    if session.get(ClassClosing, (class_id, epoch)) is not None:
        raise ClassAlreadyClosed
    for attempt in _running(session, class_id, epoch):
        finish(session, attempt, ended_by="closing", now=now)
    gate.closed_epoch = max(gate.closed_epoch, epoch)
    closing = ClassClosing(
        class_id=class_id, epoch=epoch, handed_in_total=_handed_in(session, class_id), closed_at=now
    )
    session.add(closing)
    session.flush()
    events.class_closed(
        session, class_id=class_id, epoch=epoch, handed_in_total=closing.handed_in_total, now=now
    )
    return closing


def _running(session: Session, class_id: uuid.UUID, epoch: int) -> list[Attempt]:
    # Waits for hand-ins under way: whoever holds an attempt commits before it is counted.
    found = sa.select(Attempt).where(
        Attempt.class_id == class_id, Attempt.epoch <= epoch, Attempt.handed_in_at.is_(None)
    )
    return list(session.scalars(found.order_by(Attempt.id).with_for_update()))


def _handed_in(session: Session, class_id: uuid.UUID) -> int:
    found = sa.select(sa.func.count()).where(Attempt.class_id == class_id, Attempt.handed_in_at.is_not(None))
    return session.scalar(found) or 0
