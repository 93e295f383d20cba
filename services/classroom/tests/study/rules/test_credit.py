"""K18 and K4 as a table: one report after the other from one budget."""

from datetime import date

import pytest
from classroom.study.rules.credit import Clock, DailyLimit, credit, seconds_by_day
from classroom.study.rules.study_time import Timetable, midnight, windows_of

DAY = date(2026, 11, 24)
NEXT = date(2026, 11, 25)
NOON = midnight(DAY) + 12 * 3_600_000
ALWAYS = Timetable(start_day=DAY, end_day=NEXT)


def clock(*, seconds: float, passes: list[tuple[float, float]], used=()) -> Clock:
    spans = tuple((NOON + int(start * 1000), NOON + int(end * 1000)) for start, end in passes)
    return Clock(opened=NOON, until=NOON + int(seconds * 1000), passes=spans, used=used)


def gain(span, *, of: Clock, watched=(), length=600, timetable=ALWAYS, limit=None):
    return credit(
        span=span,
        pass_span=of.passes[-1],
        watched=watched,
        length=length,
        clock=of,
        timetable=timetable,
        limit=limit,
    )


@pytest.mark.parametrize(
    ("span", "passed", "watched", "seconds", "reason"),
    [
        ((0, 10), 10, (), 10, None),
        ((0, 10), 9.9, (), 9, "budget"),
        ((0, 30), 10, (), 10, "budget"),
        ((0, 30), 10, ((0, 30),), 0, "already_counted"),
        ((0, 30), 10, ((5, 30),), 5, None),
        ((0, 200), 150, (), 120, "pass_ended"),
        ((590, 700), 60, (), 10, None),
        ((700, 800), 60, (), 0, "already_counted"),
        ((30, 10), 60, (), 0, None),
        ((10, 10), 60, (), 0, None),
    ],
)
def test_a_report_is_worth_its_new_seconds_up_to_the_budget(span, passed, watched, seconds, reason):
    got = gain(span, of=clock(seconds=passed, passes=[(0, 120)]), watched=watched)
    assert (got.seconds, got.reason) == (seconds, reason)


def test_what_was_cut_can_be_reported_again_when_time_has_passed():
    early = gain((0, 30), of=clock(seconds=10, passes=[(0, 120)]))
    later = gain(
        (0, 30), of=clock(seconds=30, passes=[(0, 120)], used=early.clock.used), watched=early.watched
    )
    assert (early.seconds, later.seconds, later.watched) == (10, 20, ((0, 30),))


def test_a_gap_between_two_passes_is_worth_nothing():
    got = gain((0, 600), of=clock(seconds=300, passes=[(0, 120), (200, 320)]))
    assert got.seconds == 220


def test_overlapping_passes_count_once():
    got = gain((0, 600), of=clock(seconds=180, passes=[(0, 120), (60, 180), (0, 120)]))
    assert got.seconds == 180


def test_a_pass_from_before_the_session_counts_only_from_its_opening():
    got = gain((0, 600), of=clock(seconds=50, passes=[(-100, 20)]))
    assert (got.seconds, got.reason) == (20, "pass_ended")


@pytest.mark.parametrize(
    ("start_day", "windows", "reason"),
    [(NEXT, (), "outside_days"), (DAY, windows_of([{"from": "08:00", "to": "12:00"}]), "outside_window")],
)
def test_outside_days_and_windows_nothing_is_credited(start_day, windows, reason):
    timetable = Timetable(start_day=start_day, end_day=NEXT, windows=windows)
    got = gain((0, 60), of=clock(seconds=60, passes=[(0, 120)]), timetable=timetable)
    assert (got.seconds, got.reason) == (0, reason)


def test_what_was_studied_before_a_window_closed_counts_when_it_is_reported_after():
    timetable = Timetable(start_day=DAY, end_day=DAY, windows=windows_of([{"from": "08:00", "to": "12:01"}]))
    got = gain((0, 90), of=clock(seconds=90, passes=[(0, 120)]), timetable=timetable)
    assert (got.seconds, got.reason) == (60, "outside_window")


def test_the_daily_limit_cuts_where_it_is_reached():
    limit = DailyLimit(seconds=3600, spent={DAY: 3580})
    got = gain((0, 60), of=clock(seconds=60, passes=[(0, 120)]), limit=limit)
    assert (got.seconds, got.reason, dict(got.days)) == (20, "limit_reached", {DAY: 20})


def test_after_midnight_the_next_days_limit_counts():
    before = midnight(NEXT) - 30_000
    over = Clock(opened=before, until=before + 60_000, passes=((before, before + 120_000),))
    got = gain((0, 60), of=over, limit=DailyLimit(seconds=3600, spent={DAY: 3590}))
    assert dict(got.days) == {DAY: 10, NEXT: 30}


def test_a_second_over_midnight_belongs_to_the_day_in_which_it_ends():
    edge = midnight(NEXT)
    assert seconds_by_day(((edge - 500, edge + 500),)) == {NEXT: 1}
