"""What a class still lacks before it may apply for its opening (K12)."""

from __future__ import annotations

from datetime import datetime

from chassis.clock import shanghai_day
from chassis.errors import FieldError
from sqlalchemy.orm import Session

from classroom.classes.models import Duty, TrainingClass
from classroom.classes.queries.packages import exam_paper, package_of
from classroom.classes.queries.staff import staff_of
from classroom.classes.rules.opening import Readiness, SettingsIncomplete, require_complete


def readiness_of(session: Session, *, training_class: TrainingClass, now: datetime) -> Readiness:
    """The class's settings as the facts that the rule asks for."""
    staff = staff_of(session, class_ids=[training_class.id])[training_class.id]
    package = package_of(session, training_class=training_class)
    return Readiness(
        enrolled=training_class.enrolled,
        courses_saved=training_class.courses_saved_at is not None,
        supervision_saved=training_class.supervision_saved_at is not None,
        package_needs_exam=exam_paper(package) is not None,
        exam_set=training_class.exam_opens_at is not None,
        teachers=sum(each.duty is Duty.TEACHER and each.active for each in staff),
        ends_in_past=training_class.end_day < shanghai_day(now),
        exam_over=training_class.exam_closes_at is not None and training_class.exam_closes_at <= now,
    )


def missing_of(session: Session, *, training_class: TrainingClass, now: datetime) -> tuple[FieldError, ...]:
    """Everything that is missing, for the page to show."""
    try:
        require_complete(ready=readiness_of(session, training_class=training_class, now=now))
    except SettingsIncomplete as incomplete:
        return incomplete.fields
    return ()
