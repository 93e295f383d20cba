"""Step 1 of the wizard again (K2), in draft."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chassis.db import refusing
from chassis.web import Actor, check_version
from sqlalchemy.orm import Session

from classroom.classes.actions.assign_staff import assign_staff
from classroom.classes.actions.audit import assign, write_audit
from classroom.classes.actions.basics import basic_values, require_category
from classroom.classes.models import TrainingClass
from classroom.classes.queries.course_settings import require_courses_fit
from classroom.classes.queries.reach import get_class
from classroom.classes.rules.basic import HeadcountBelowRoster, require_days, require_headcount
from classroom.classes.rules.states import DRAFT, require_state


def change_basic(
    session: Session,
    *,
    actor: Actor,
    class_id: uuid.UUID,
    version: int,
    basics: Mapping[str, Any],
    now: datetime,
) -> TrainingClass:
    """Save the basic settings of a draft.

    Raises WrongClassState, ChangedMeanwhile, WrongDays, HeadcountBelowRoster (K10), CategoryUnknown,
    StaffUnknown, or WrongCourses when exam or replay no longer fit the new days.
    """
    training_class = get_class(session, actor=actor, class_id=class_id, lock=True)
    require_state(state=training_class.class_state, allowed=DRAFT, doing="修改基本信息")
    check_version(training_class, version)
    require_days(
        class_type=training_class.class_type, start_day=basics["start_day"], end_day=basics["end_day"]
    )
    require_headcount(planned=basics["planned_headcount"], enrolled=training_class.enrolled)
    require_category(session, category_id=basics["category_id"])
    changes = assign_staff(
        session,
        training_class=training_class,
        teacher_id=basics["teacher_id"],
        assistant_ids=basics["assistant_ids"],
    )
    with refusing(session, {"ck_training_classes_enrolled": HeadcountBelowRoster()}):
        changes |= assign(training_class, basic_values(basics))
        training_class.updated_at = now
    if training_class.courses_saved_at is not None:
        require_courses_fit(session, training_class=training_class)
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="change_basic",
        summary="修改基本信息",
        changes=changes,
        now=now,
    )
    return training_class
