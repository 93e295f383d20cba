"""Step 1 of the wizard (K2): days and headcount."""

from __future__ import annotations

from datetime import date

from chassis.errors import Conflict, FieldError, Invalid

from classroom.classes.rules.class_types import CLASS_TYPES, ClassType

MOST_LEARNERS = 500
LONGEST_ANNOUNCEMENT = 140
"""Characters, not bytes (K22)."""


class WrongDays(Invalid):
    """The start and end day do not fit each other or the class type."""

    code = "classroom.class.wrong_days"
    title = "开课时间不正确"
    next_step = "请修改开课日期和结课日期。"


class HeadcountBelowRoster(Conflict):
    """The planned headcount would be under the number of enrolments (K10)."""

    code = "classroom.class.headcount_below_roster"
    title = "预计培训人数不能少于已报名人数"
    next_step = "请增加预计培训人数；若班级未开班，也可先删除多余的报名学员。"


def days_of(*, start_day: date, end_day: date) -> int:
    """Both days count."""
    return (end_day - start_day).days + 1


def require_days(*, class_type: ClassType, start_day: date, end_day: date) -> None:
    """Raise WrongDays unless the class has at least one and at most as many days as its type allows (K1)."""
    days = days_of(start_day=start_day, end_day=end_day)
    allowance = CLASS_TYPES[class_type]
    if days < 1:
        raise WrongDays(fields=[_at_end("结课日期不能早于开课日期。", end_day)])
    if days > allowance.longest_days:
        text = f"{allowance.label}最长 {allowance.longest_days} 天，现在是 {days} 天。"
        raise WrongDays(fields=[_at_end(text, end_day)])


def require_headcount(*, planned: int, enrolled: int) -> None:
    """Raise HeadcountBelowRoster when there are more enrolments than `planned` (K10)."""
    if planned < enrolled:
        raise HeadcountBelowRoster(
            f"已有 {enrolled} 名学员报名，预计培训人数不能改为 {planned}。", enrolled=enrolled
        )


def _at_end(message: str, end_day: date) -> FieldError:
    return FieldError(field="/end_day", code="days", message=message, value=end_day.isoformat())
