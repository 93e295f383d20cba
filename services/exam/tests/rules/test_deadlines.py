from datetime import UTC, datetime, timedelta

import pytest
from exam.rules.deadlines import deadline_of, handed_in_moment, is_over, remaining_seconds, used_seconds

NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "closes", "expected"),
    [
        (900, 3600, 900),
        (900, 600, 600),
        (900, 900, 900),
        (900, None, 900),
        (None, 3600, 3600),
        (None, None, None),
    ],
)
def test_the_deadline_is_the_earlier_of_duration_and_window(
    seconds: int | None, closes: int | None, expected: int | None
) -> None:
    closes_at = None if closes is None else after(closes)
    deadline = deadline_of(started_at=NINE, seconds=seconds, closes_at=closes_at)
    assert deadline == (None if expected is None else after(expected))


@pytest.mark.parametrize(("passed", "over"), [(0, False), (899.999, False), (900, True), (901, True)])
def test_the_deadline_itself_is_too_late(passed: float, over: bool) -> None:
    assert is_over(deadline=after(900), now=after(passed)) is over


def test_without_a_deadline_nothing_is_ever_over() -> None:
    assert not is_over(deadline=None, now=after(10**9))
    assert remaining_seconds(deadline=None, now=NINE) is None


@pytest.mark.parametrize(("passed", "left"), [(0, 900), (0.5, 899), (899.5, 0), (900, 0), (5000, 0)])
def test_remaining_seconds_are_whole_and_never_negative(passed: float, left: int) -> None:
    assert remaining_seconds(deadline=after(900), now=after(passed)) == left


@pytest.mark.parametrize(("noticed", "ended"), [(10, 10), (900, 900), (86_400, 900)])
def test_an_attempt_that_ran_out_ended_at_its_deadline(noticed: int, ended: int) -> None:
    assert handed_in_moment(deadline=after(900), now=after(noticed)) == after(ended)


@pytest.mark.parametrize(("passed", "used"), [(0, 0), (0.9, 0), (61.9, 61), (-3, 0)])
def test_used_seconds_never_exceed_the_time_that_passed(passed: float, used: int) -> None:
    assert used_seconds(started_at=NINE, handed_in_at=after(passed)) == used
