"""The days of a class: both its first and its last belong to it (K17)."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def is_class_day(*, start_day: date, end_day: date, today: date) -> bool:
    """Whether today is a day of the class."""
    return start_day <= today <= end_day


def class_days(*, start_day: date, end_day: date) -> int:
    """How many days the class has."""
    return max(0, (end_day - start_day).days + 1)


def days_begun(*, start_day: date, end_day: date, today: date) -> int:
    """Class days that have begun by today, at most all of them (S3): the Y of X/Y."""
    return class_days(start_day=start_day, end_day=min(today, end_day))


def begun(*, start_day: date, end_day: date, today: date) -> Iterator[date]:
    """The class days that have begun, in order."""
    for offset in range(days_begun(start_day=start_day, end_day=end_day, today=today)):
        yield start_day + timedelta(days=offset)
