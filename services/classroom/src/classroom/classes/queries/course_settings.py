"""A class's course settings as the rule asks for them (K3)."""

from __future__ import annotations

from datetime import timedelta

from chassis.clock import shanghai_midnight
from sqlalchemy.orm import Session

from classroom.classes.models import TrainingClass
from classroom.classes.queries.packages import exam_paper, package_of
from classroom.classes.rules.courses import CourseSettings, ExamWindow, Replay, require_courses


def require_courses_fit(session: Session, *, training_class: TrainingClass) -> None:
    """Raise WrongCourses unless courses, exam and replay fit each other and the class's days."""
    package = package_of(session, training_class=training_class)
    require_courses(
        courses=CourseSettings(
            recorded=training_class.recorded,
            has_package=package is not None,
            package_has_exam=exam_paper(package) is not None,
            replay=Replay(training_class.replay),
            replay_until=training_class.replay_until,
            exam=exam_window(training_class),
            offline=training_class.offline,
            timetable=training_class.timetable,
        ),
        end_day=training_class.end_day,
        starts=shanghai_midnight(training_class.start_day),
        ends=shanghai_midnight(training_class.end_day + timedelta(days=1)),
    )


def exam_window(training_class: TrainingClass) -> ExamWindow | None:
    """The class's exam settings; the four columns are set together or not at all."""
    opens_at, closes_at = training_class.exam_opens_at, training_class.exam_closes_at
    attempts, minutes = training_class.exam_attempts, training_class.exam_minutes
    if opens_at is None or closes_at is None or attempts is None or minutes is None:
        return None
    return ExamWindow(opens_at=opens_at, closes_at=closes_at, attempts=attempts, minutes=minutes)
