from datetime import UTC, date, datetime, timedelta

import pytest
from exam.rules.windows import WindowState, attempts_left, is_class_day, is_closed_for, window_state

OPENS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "state"), [(-1, "not_yet"), (0, "open"), (3599, "open"), (3600, "over"), (99_999, "over")]
)
def test_a_window_has_its_first_moment_and_not_its_last(seconds: int, state: str) -> None:
    now = OPENS + timedelta(seconds=seconds)
    found = window_state(opens_at=OPENS, closes_at=OPENS + timedelta(hours=1), now=now)
    assert found is WindowState(state)


@pytest.mark.parametrize(("day", "inside"), [(23, False), (24, True), (25, True), (26, True), (27, False)])
def test_both_first_and_last_day_belong_to_the_class(day: int, inside: bool) -> None:
    first, last = date(2026, 11, 24), date(2026, 11, 26)
    assert is_class_day(start_day=first, end_day=last, today=date(2026, 11, day)) is inside


@pytest.mark.parametrize(("used", "left"), [(0, 3), (2, 1), (3, 0), (4, 0)])
def test_attempts_left_are_never_negative(used: int, left: int) -> None:
    assert attempts_left(used=used, allowed=3) == left


@pytest.mark.parametrize(("epoch", "closed"), [(1, True), (2, True), (3, False)])
def test_a_closing_ends_its_epoch_and_those_before(epoch: int, closed: bool) -> None:
    assert is_closed_for(epoch=epoch, closed_epoch=2) is closed
