"""Step 2 of the wizard (K3), in draft."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chassis.web import Actor, check_version
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import assign, write_audit
from classroom.classes.models import TrainingClass
from classroom.classes.queries.course_settings import require_courses_fit
from classroom.classes.queries.packages import require_package
from classroom.classes.queries.reach import get_class
from classroom.classes.rules.class_types import CourseKind, require_kinds
from classroom.classes.rules.courses import AnswersShown
from classroom.classes.rules.states import DRAFT, require_state


def save_courses(
    session: Session,
    *,
    actor: Actor,
    class_id: uuid.UUID,
    version: int,
    courses: Mapping[str, Any],
    now: datetime,
) -> TrainingClass:
    """Save the course settings of a draft; it keeps the package version that it names (C8).

    Raises WrongClassState, ChangedMeanwhile, CourseKindNotAllowed (K1), PackageUnknown (C9), WrongCourses (K3).
    """
    training_class = get_class(session, actor=actor, class_id=class_id, lock=True)
    require_state(state=training_class.class_state, allowed=DRAFT, doing="修改课程设置")
    check_version(training_class, version)
    chosen = {CourseKind.RECORDED: courses["recorded"], CourseKind.OFFLINE: courses["offline"]}
    require_kinds(
        class_type=training_class.class_type, chosen=frozenset(kind for kind, on in chosen.items() if on)
    )
    package = courses["package"]
    if package is not None:
        require_package(
            session,
            provider_id=training_class.provider_id,
            package_id=package["package_id"],
            version=package["version"],
        )
    changes = assign(training_class, _columns(courses))
    training_class.courses_saved_at = now
    training_class.updated_at = now
    require_courses_fit(session, training_class=training_class)
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="save_courses",
        summary="保存课程设置",
        changes=changes,
        now=now,
    )
    return training_class


def _columns(courses: Mapping[str, Any]) -> dict[str, Any]:
    package = courses["package"] or {}
    return {
        "recorded": courses["recorded"],
        "package_id": package.get("package_id"),
        "package_version": package.get("version"),
        "minutes_per_class_hour": courses["minutes_per_class_hour"],
        "replay": courses["replay"].value,
        "replay_until": courses["replay_until"],
        "offline": courses["offline"],
        "timetable": courses["timetable"],
        **exam_columns(courses["exam"]),
    }


def exam_columns(exam: Mapping[str, Any] | None) -> dict[str, Any]:
    """The exam's settings as columns of a class; without an exam as before one was set."""
    said = exam or {}
    return {
        "exam_opens_at": said.get("opens_at"),
        "exam_closes_at": said.get("closes_at"),
        "exam_attempts": said.get("attempts"),
        "exam_minutes": said.get("minutes"),
        "exam_answers_shown": said.get("answers_shown", AnswersShown.AFTER_WINDOW).value,
    }
