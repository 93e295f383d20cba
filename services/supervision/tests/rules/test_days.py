from datetime import date, timedelta

import pytest
from supervision.rules.days import begun, class_days, days_begun, is_class_day

FIRST, LAST = date(2026, 11, 24), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("offset", "inside", "count"), [(-1, False, 0), (0, True, 1), (3, True, 4), (6, True, 7), (7, False, 7)]
)
def test_days_begin_one_by_one_and_never_exceed_the_class(offset: int, inside: bool, count: int) -> None:
    today = FIRST + timedelta(days=offset)
    assert is_class_day(start_day=FIRST, end_day=LAST, today=today) is inside
    assert days_begun(start_day=FIRST, end_day=LAST, today=today) == count
    assert len(list(begun(start_day=FIRST, end_day=LAST, today=today))) == count


def test_a_class_of_one_day_has_one_day() -> None:
    assert class_days(start_day=FIRST, end_day=FIRST) == 1
