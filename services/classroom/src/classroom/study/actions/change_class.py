"""What can still change while a class is open, and closing and opening it again (K14, K27)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from chassis.db import locked
from chassis.errors import Conflict, NotFound
from sqlalchemy.orm import Session

from classroom.study.models import StudyClass, StudyState


class StudyClassUnknown(NotFound):
    """No class of this id was ever opened, or it is not the caller's."""

    code = "classroom.study.class.not_found"
    title = "班级不存在"
    next_step = "请核对班级，或从“我的班级”重新进入。"


class StudyClosed(Conflict):
    """From the graduation application on nothing is credited and nobody joins (K27)."""

    code = "classroom.study.class.closed"
    title = "班级已提交结业，学习已关闭"
    next_step = "如有疑问，请联系班主任。"


class StudyNotClosed(Conflict):
    """Only a closed class can be opened again."""

    code = "classroom.study.class.not_closed"
    title = "班级的学习没有关闭，不能重新开放"
    next_step = "请刷新页面，查看班级的最新状态。"


def change_class(session: Session, *, class_id: UUID, end_day: date, now: datetime) -> None:
    """The end day moves (only later: the caller's rule)."""
    study_class = _taken(session, class_id)
    study_class.end_day = end_day
    study_class.updated_at = now
    session.flush()


def close_class(session: Session, *, class_id: UUID, epoch: int, now: datetime) -> None:
    """Closes all study at once: waits for the reports in flight, and none after it is credited (K27).

    Raises StudyClosed when it is closed already.
    """
    study_class = _taken(session, class_id)
    if study_class.state == StudyState.CLOSED:
        raise StudyClosed
    _turn(study_class, StudyState.CLOSED, epoch=epoch, now=now)
    session.flush()


def reopen_class(session: Session, *, class_id: UUID, epoch: int, now: datetime) -> None:
    """Opens study again under a new epoch, after a rejected or withdrawn graduation (K27)."""
    study_class = _taken(session, class_id)
    if study_class.state != StudyState.CLOSED:
        raise StudyNotClosed
    _turn(study_class, StudyState.OPEN, epoch=epoch, now=now)
    session.flush()


def _turn(study_class: StudyClass, state: StudyState, *, epoch: int, now: datetime) -> None:
    study_class.state = state.value
    study_class.epoch = epoch
    study_class.updated_at = now


def _taken(session: Session, class_id: UUID) -> StudyClass:
    study_class = locked(session, StudyClass, class_id)
    if study_class is None:
        raise StudyClassUnknown
    return study_class
