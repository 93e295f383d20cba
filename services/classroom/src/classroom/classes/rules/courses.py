"""Step 2 of the wizard (K3): recorded courses, exam, replay, offline timetable."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime

from chassis.errors import FieldError, Invalid

MOST_ATTEMPTS = 99
LONGEST_EXAM_MINUTES = 600


class Replay(enum.StrEnum):
    """Whether recorded courses can be seen again after the end; it never counts (K19)."""

    NONE = "none"
    UNTIL = "until"


class AnswersShown(enum.StrEnum):
    """When learners see the right answers of the exam (E6)."""

    AFTER_WINDOW = "after_window"
    AFTER_ATTEMPTS = "after_attempts"


class WrongCourses(Invalid):
    """The course settings do not fit together."""

    code = "classroom.class.wrong_courses"
    title = "课程设置不正确"
    next_step = "请按提示修改课程设置。"


@dataclass(frozen=True, kw_only=True)
class ExamWindow:
    """When the class's exam can be taken, how often and how long (E2)."""

    opens_at: datetime
    closes_at: datetime
    attempts: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class CourseSettings:
    """All of step 2, as facts."""

    recorded: bool
    has_package: bool
    package_has_exam: bool
    replay: Replay
    replay_until: date | None
    exam: ExamWindow | None
    offline: bool
    timetable: str


def require_courses(*, courses: CourseSettings, end_day: date, starts: datetime, ends: datetime) -> None:
    """Raise WrongCourses with every field that is wrong. `starts` and `ends` bound the class's days."""
    wrong = [*_recorded(courses), *_replay(courses, end_day), *_offline(courses)]
    if courses.exam is not None:
        wrong += _exam(courses, courses.exam, starts, ends)
    if wrong:
        raise WrongCourses(fields=wrong)


def _recorded(courses: CourseSettings) -> list[FieldError]:
    if courses.recorded and not courses.has_package:
        return [_field("/package", "required", "有线上课时，请选择课程包。")]
    if not courses.recorded and courses.has_package:
        return [_field("/package", "unexpected", "没有线上课时不能选择课程包。")]
    return []


def _replay(courses: CourseSettings, end_day: date) -> list[FieldError]:
    if courses.replay is Replay.NONE:
        if courses.replay_until is not None:
            return [_field("/replay_until", "unexpected", "无需回看时不要填写回看截止日期。")]
        return []
    if not courses.recorded:
        return [_field("/replay", "unexpected", "没有线上课，不能设置结课后回看。")]
    if courses.replay_until is None:
        return [_field("/replay_until", "required", "请填写回看截止日期。")]
    if courses.replay_until <= end_day:
        return [_field("/replay_until", "days", "回看截止日期应晚于结课日期。")]
    return []


def _offline(courses: CourseSettings) -> list[FieldError]:
    if courses.offline and not courses.timetable:
        return [_field("/timetable", "required", "有线下课时，请填写线下课课表。")]
    if not courses.offline and courses.timetable:
        return [_field("/timetable", "unexpected", "没有线下课时不要填写线下课课表。")]
    return []


def _exam(courses: CourseSettings, exam: ExamWindow, starts: datetime, ends: datetime) -> list[FieldError]:
    if not courses.package_has_exam:
        return [_field("/exam", "unexpected", "所选课程包没有线上考试，不能设置考试时间。")]
    wrong = []
    if exam.closes_at <= exam.opens_at:
        wrong.append(_field("/exam/closes_at", "order", "考试结束时间应晚于开始时间。"))
    if exam.opens_at < starts:
        wrong.append(_field("/exam/opens_at", "days", "考试不能早于班级开课时间开放。"))
    if exam.closes_at > ends:
        wrong.append(_field("/exam/closes_at", "days", "考试不能晚于班级结课时间结束。"))
    return wrong


def _field(field: str, code: str, message: str) -> FieldError:
    return FieldError(field=field, code=code, message=message)
