"""复制: a new draft with the settings of a class that there is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from chassis.clock import shanghai_midnight
from chassis.ids import new_id
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.classes.actions.create_class import ProviderNotKnownYet
from classroom.classes.models import ClassStaff, Duty, KnownProvider, TrainingClass
from classroom.classes.queries.course_settings import exam_window
from classroom.classes.queries.reach import get_class
from classroom.classes.queries.staff import ROLES, candidates, staff_of
from classroom.classes.rules.basic import require_days
from classroom.classes.rules.class_types import require_offered
from classroom.classes.rules.copying import moved_exam, moved_replay
from classroom.classes.rules.states import ClassState

_SAME = (
    "type",
    "planned_headcount",
    "province",
    "city",
    "district",
    "category_id",
    "training_enterprise",
    "recorded",
    "package_id",
    "package_version",
    "minutes_per_class_hour",
    "exam_answers_shown",
    "replay",
    "offline",
    "timetable",
)


def copy_class(
    session: Session, *, actor: Actor, class_id: uuid.UUID, said: Mapping[str, Any], now: datetime
) -> TrainingClass:
    """A draft with the type, courses, supervision, region, headcount and staff of a class in any state.

    `said` has what is each class's own: name, days, announcement. Roster, supervision number, password and reviews
    are not taken over. It keeps the package's version (C8); exam and replay move with the last day. Staff that can no
    longer look after a class are left out: the opening then asks for a class teacher.
    Raises ClassNotFound, ClassTypeNotOffered, WrongDays (K1).
    """
    source = get_class(session, actor=actor, class_id=class_id)
    provider = session.get(KnownProvider, source.provider_id)
    if provider is None:
        raise ProviderNotKnownYet(retry_after=2)
    require_offered(class_type=source.class_type)
    require_days(class_type=source.class_type, start_day=said["start_day"], end_day=said["end_day"])
    made = TrainingClass(
        id=new_id(),
        provider_id=source.provider_id,
        dealer_id=provider.dealer_id,
        state=ClassState.DRAFT.value,
        epoch=1,
        enrolled=0,
        supervision=dict(source.supervision),
        courses_saved_at=None if source.courses_saved_at is None else now,
        supervision_saved_at=None if source.supervision_saved_at is None else now,
        created_at=now,
        updated_at=now,
        **{column: getattr(source, column) for column in _SAME},
        **{column: said[column] for column in ("name", "start_day", "end_day", "announcement")},
        **_dates(source, said),
    )
    session.add(made)
    session.flush()
    _copy_staff(session, source=source, made=made)
    write_audit(
        session,
        training_class=made,
        actor=actor,
        action="copy_class",
        summary=f"从“{source.name}”复制班级，不含学员名单",
        now=now,
    )
    return made


def _dates(source: TrainingClass, said: Mapping[str, Any]) -> dict[str, Any]:
    by = said["end_day"] - source.end_day
    exam = moved_exam(
        exam=exam_window(source),
        by=by,
        starts=shanghai_midnight(said["start_day"]),
        ends=shanghai_midnight(said["end_day"] + timedelta(days=1)),
    )
    return {
        "replay_until": moved_replay(until=source.replay_until, by=by),
        "exam_opens_at": exam and exam.opens_at,
        "exam_closes_at": exam and exam.closes_at,
        "exam_attempts": exam and exam.attempts,
        "exam_minutes": exam and exam.minutes,
    }


def _copy_staff(session: Session, *, source: TrainingClass, made: TrainingClass) -> None:
    people = candidates(session, provider_id=source.provider_id)
    able = {
        duty: {each.account_id for each in people if roles & set(each.roles)} for duty, roles in ROLES.items()
    }
    staff = staff_of(session, class_ids=[source.id])[source.id]
    rows = [
        {"class_id": made.id, "account_id": each.account_id, "duty": Duty(each.duty).value}
        for each in staff
        if each.account_id in able[each.duty]
    ]
    if rows:
        session.execute(sa.insert(ClassStaff), rows)
