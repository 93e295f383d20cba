"""K17: from the start day to the end day, inside the study time windows, by Shanghai's days."""

from datetime import UTC, date, datetime

import pytest
from classroom.study.rules.study_time import (
    Timetable,
    by_day,
    day_of,
    hindrance,
    midnight,
    milliseconds,
    moment_of,
    open_spans,
    windows_of,
)

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
HOUR = 3_600_000


def at(day: date, hour: int, minute: int = 0) -> int:
    return midnight(day) + hour * HOUR + minute * 60_000


def test_a_shanghai_day_begins_at_16_00_utc():
    assert moment_of(midnight(TUESDAY)) == datetime(2026, 11, 23, 16, tzinfo=UTC)
    assert day_of(midnight(TUESDAY)) == TUESDAY
    assert day_of(midnight(TUESDAY) - 1) == MONDAY


def test_milliseconds_are_rounded_down():
    assert milliseconds(datetime(1970, 1, 1, 0, 0, 1, 1999, tzinfo=UTC)) == 1001


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        (date(2026, 11, 22), 23, "outside_days"),
        (MONDAY, 0, "outside_window"),
        (MONDAY, 8, None),
        (MONDAY, 12, "outside_window"),
        (MONDAY, 13, None),
        (MONDAY, 22, "outside_window"),
        (TUESDAY, 21, None),
        (date(2026, 11, 25), 8, "outside_days"),
    ],
)
def test_study_is_possible_inside_days_and_windows(day, hour, said):
    timetable = Timetable(
        start_day=MONDAY,
        end_day=TUESDAY,
        windows=windows_of([{"from": "08:00", "to": "12:00"}, {"from": "13:00", "to": "22:00"}]),
    )
    assert hindrance(timetable, now=at(day, hour)) == said


def test_without_windows_the_whole_day_counts():
    timetable = Timetable(start_day=MONDAY, end_day=MONDAY)
    assert open_spans(timetable, start=at(MONDAY, 0) - HOUR, end=at(TUESDAY, 1)) == (
        (at(MONDAY, 0), at(TUESDAY, 0)),
    )


def test_windows_of_several_days_are_cut_out_of_a_long_stretch():
    timetable = Timetable(
        start_day=MONDAY, end_day=TUESDAY, windows=windows_of([{"from": "20:00", "to": "24:00"}])
    )
    assert open_spans(timetable, start=at(MONDAY, 21), end=at(TUESDAY, 23)) == (
        (at(MONDAY, 21), at(TUESDAY, 0)),
        (at(TUESDAY, 20), at(TUESDAY, 23)),
    )


def test_a_window_over_midnight_is_two():
    assert windows_of([{"from": "22:00", "to": "02:00"}]) == ((0, 120), (1320, 1440))


def test_a_stretch_over_midnight_belongs_to_two_days():
    pieces = by_day(((at(MONDAY, 23), at(TUESDAY, 1)),))
    assert pieces == {
        MONDAY: ((at(MONDAY, 23), at(TUESDAY, 0)),),
        TUESDAY: ((at(TUESDAY, 0), at(TUESDAY, 1)),),
    }
