"""One class with all that its pages show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.events import region_of
from classroom.classes.models import Duty, KnownCategory, PackageVersion, TrainingClass
from classroom.classes.queries.find_applications import current_application
from classroom.classes.queries.find_classes import joined_counts, provider_names
from classroom.classes.queries.packages import newest_version, package_of
from classroom.classes.queries.readiness import missing_of
from classroom.classes.queries.staff import staff_of
from classroom.classes.rules.class_types import CLASS_TYPES
from classroom.classes.rules.states import DRAFT, STATE_LABELS, audited


def class_view(
    session: Session, *, training_class: TrainingClass, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Settings of all wizard steps, staff, package, figures, and what an opening still lacks."""
    session.flush()
    staff = staff_of(session, class_ids=[training_class.id])[training_class.id]
    draft = training_class.class_state in DRAFT
    return {
        **_head(session, training_class, actor),
        "joined": joined_counts(session, class_ids=[training_class.id]).get(training_class.id, 0),
        "teacher": next((each for each in staff if each.duty is Duty.TEACHER), None),
        "assistants": [each for each in staff if each.duty is Duty.ASSISTANT],
        "courses": _courses(session, training_class),
        "supervision": training_class.supervision,
        "steps": {
            "basic": True,
            "courses": training_class.courses_saved_at is not None,
            "supervision": training_class.supervision_saved_at is not None,
            "roster": training_class.enrolled > 0,
        },
        "missing": missing_of(session, training_class=training_class, now=now) if draft else (),
        "application": current_application(session, class_id=training_class.id),
    }


def _head(session: Session, training_class: TrainingClass, actor: Actor) -> dict[str, Any]:
    category = session.get(KnownCategory, training_class.category_id)
    names = provider_names(session, provider_ids=[training_class.provider_id])
    own = actor.provider_id == training_class.provider_id
    columns = (
        "id",
        "version",
        "provider_id",
        "dealer_id",
        "name",
        "type",
        "state",
        "epoch",
        "start_day",
        "end_day",
        "planned_headcount",
        "enrolled",
        "category_id",
        "training_enterprise",
        "supervision_number",
        "announcement",
        "policy_version",
        "opened_at",
        "graduated_at",
        "created_at",
        "updated_at",
    )
    return {
        **{column: getattr(training_class, column) for column in columns},
        "provider_name": names.get(training_class.provider_id, "--"),
        "type_label": CLASS_TYPES[training_class.class_type].label,
        "state_label": STATE_LABELS[training_class.class_state],
        "audited": audited(state=training_class.class_state),
        "class_password": training_class.class_password if own else None,
        "region": region_of(training_class),
        "category_path": [] if category is None else category.path,
    }


def _courses(session: Session, training_class: TrainingClass) -> dict[str, Any]:
    package = package_of(session, training_class=training_class)
    exam = None
    if training_class.exam_opens_at is not None:
        exam = {
            "opens_at": training_class.exam_opens_at,
            "closes_at": training_class.exam_closes_at,
            "attempts": training_class.exam_attempts,
            "minutes": training_class.exam_minutes,
            "answers_shown": training_class.exam_answers_shown,
        }
    return {
        "recorded": training_class.recorded,
        "package": None if package is None else _package(session, package),
        "minutes_per_class_hour": training_class.minutes_per_class_hour,
        "replay": training_class.replay,
        "replay_until": training_class.replay_until,
        "exam": exam,
        "offline": training_class.offline,
        "timetable": training_class.timetable,
    }


def _package(session: Session, package: PackageVersion) -> dict[str, Any]:
    """The version that the class keeps, and whether there is a newer one to choose (C8)."""
    return {
        "package_id": package.package_id,
        "version": package.version,
        "newest_version": newest_version(session, package_id=package.package_id),
        "name": package.name,
        "official": package.provider_id is None,
        "exam_title": (package.data.get("exam") or {}).get("title"),
        "totals": package.data.get("totals"),
    }
