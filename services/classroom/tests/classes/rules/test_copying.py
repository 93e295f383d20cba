"""How the dates of a copied class move."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from classroom.classes.rules.copying import moved_exam, moved_replay
from classroom.classes.rules.courses import ExamWindow

STARTS, ENDS = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 4, 11, tzinfo=UTC)
EXAM = ExamWindow(
    opens_at=datetime(2026, 3, 9, 8, tzinfo=UTC),
    closes_at=datetime(2026, 3, 10, 20, tzinfo=UTC),
    attempts=3,
    minutes=15,
)


def test_an_exam_stays_as_far_from_the_end_as_it_was():
    moved = moved_exam(exam=EXAM, by=timedelta(days=31), starts=STARTS, ends=ENDS)
    assert moved.opens_at == datetime(2026, 4, 9, 8, tzinfo=UTC)
    assert moved.closes_at == datetime(2026, 4, 10, 20, tzinfo=UTC)
    assert (moved.attempts, moved.minutes) == (3, 15)


def test_an_exam_that_would_begin_before_the_class_is_open_on_all_its_days():
    moved = moved_exam(exam=EXAM, by=timedelta(days=20), starts=STARTS, ends=ENDS)
    assert (moved.opens_at, moved.closes_at) == (STARTS, datetime(2026, 4, 10, 23, 59, tzinfo=UTC))


def test_a_class_without_an_exam_and_replay_has_none_to_move():
    assert moved_exam(exam=None, by=timedelta(days=1), starts=STARTS, ends=ENDS) is None
    assert moved_replay(until=None, by=timedelta(days=1)) is None
    assert moved_replay(until=date(2026, 4, 30), by=timedelta(days=-3)) == date(2026, 4, 27)
