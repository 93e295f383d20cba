"""What of an open class its provider may still change (K14)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chassis.errors import Conflict
from chassis.web import Actor, check_version
from sqlalchemy.orm import Session

from classroom.classes.actions.announce_class import announce_class
from classroom.classes.actions.assign_staff import assign_staff
from classroom.classes.actions.audit import assign, write_audit
from classroom.classes.models import TrainingClass
from classroom.classes.queries.course_settings import require_courses_fit
from classroom.classes.queries.reach import get_class
from classroom.classes.rules.basic import require_days
from classroom.classes.rules.courses import Replay
from classroom.classes.rules.states import RUNNING, require_state
from classroom.classes.rules.while_open import Promise, require_no_loss
from classroom.study.actions.change_class import change_class as change_study


class NothingFixedMayAppear(Conflict):
    """What was reviewed without an exam or offline lessons stays without."""

    code = "classroom.class.fixed_at_opening"
    title = "开班后不能新增或取消考试、线下课"
    next_step = "开班后只能修改已设置的考试时间、次数和线下课课表。"


def change_running(
    session: Session,
    *,
    actor: Actor,
    class_id: uuid.UUID,
    version: int,
    wanted: Mapping[str, Any],
    now: datetime,
) -> TrainingClass:
    """Change what is named in `wanted`: end_day, timetable, staff, supervision_number, replay, exam (opens_at,
    closes_at, attempts). What is not named stays.

    Raises WrongClassState, ChangedMeanwhile, LearnersWouldLose, NothingFixedMayAppear, WrongDays, WrongCourses.
    """
    training_class = get_class(session, actor=actor, class_id=class_id, lock=True)
    require_state(state=training_class.class_state, allowed=RUNNING, doing="修改开班后的设置")
    check_version(training_class, version)
    before = _promise(training_class)
    changes = assign(training_class, _columns(training_class, wanted))
    require_no_loss(before=before, wanted=_promise(training_class))
    require_days(
        class_type=training_class.class_type,
        start_day=training_class.start_day,
        end_day=training_class.end_day,
    )
    require_courses_fit(session, training_class=training_class)
    training_class.updated_at = now
    if "staff" in wanted:
        changes |= assign_staff(session, training_class=training_class, **wanted["staff"])
    session.flush()
    if "end_day" in changes:
        change_study(session, class_id=class_id, end_day=training_class.end_day, now=now)
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="change_running",
        summary="修改开班后的设置",
        changes=changes,
        now=now,
    )
    announce_class(session, training_class=training_class, now=now)
    return training_class


def _columns(training_class: TrainingClass, wanted: Mapping[str, Any]) -> dict[str, Any]:
    columns = {name: wanted[name] for name in ("end_day", "supervision_number") if name in wanted}
    if "replay" in wanted:
        replay = wanted["replay"]
        columns |= {"replay": replay["replay"].value, "replay_until": replay["replay_until"]}
    if "timetable" in wanted:
        if not training_class.offline:
            raise NothingFixedMayAppear
        columns["timetable"] = wanted["timetable"]
    if "exam" in wanted:
        if training_class.exam_opens_at is None:
            raise NothingFixedMayAppear
        columns |= {f"exam_{name}": value for name, value in wanted["exam"].items()}
    return columns


def _promise(training_class: TrainingClass) -> Promise:
    return Promise(
        end_day=training_class.end_day,
        replay=Replay(training_class.replay),
        replay_until=training_class.replay_until,
        exam_opens_at=training_class.exam_opens_at,
        exam_closes_at=training_class.exam_closes_at,
        exam_attempts=training_class.exam_attempts,
    )
