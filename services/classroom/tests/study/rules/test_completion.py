"""K19: when an item is complete, what it adds, and the manual's own figures (C6)."""

import uuid

import pytest
from classroom.study.rules.completion import (
    Item,
    class_hours,
    course_seconds,
    is_finished,
    learned_seconds,
    spent_on_mock,
    video_complete,
)
from classroom.study.rules.counting import Counts, can_be_counted, counts


def item(kind: str, seconds: int) -> Item:
    return Item(item_id=uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}{seconds}"), kind=kind, seconds=seconds)


MANUAL = [
    item("video", 939),
    item("document", 1200),
    item("video", 507),
    item("document", 600),
    item("exercise", 0),
]


@pytest.mark.parametrize(
    ("watched", "length", "complete"),
    [
        (((0, 60),), 60, True),
        (((0, 59),), 60, True),
        (((0, 58),), 60, False),
        (((1, 60),), 60, False),
        (((0, 30), (31, 60)), 60, False),
        ((), 60, False),
        ((), 1, False),
        (((0, 1),), 1, True),
        (((0, 1),), 2, True),
        ((), 0, True),
    ],
)
def test_a_video_is_complete_when_it_was_watched_through(watched, length, complete):
    assert video_complete(watched=watched, length=length) is complete


@pytest.mark.parametrize(
    ("kind", "seconds", "learned"),
    [("video", 50, 50), ("video", 70, 60), ("document", 10, 10), ("mock_exam", 90, 60), ("exercise", 90, 0)],
)
def test_exercises_add_nothing_and_the_others_at_most_their_length(kind, seconds, learned):
    assert learned_seconds(kind=kind, seconds=seconds, length=60) == learned


def test_finished_is_every_item_complete():
    every = frozenset(each.item_id for each in MANUAL)
    assert is_finished(items=MANUAL, complete=every)
    assert not is_finished(items=MANUAL, complete=every - {MANUAL[4].item_id})
    assert is_finished(items=[], complete=frozenset())


def test_the_manuals_figures_come_out():
    assert course_seconds(MANUAL) == 54 * 60 + 6
    assert class_hours(items=MANUAL, minutes_per_class_hour=45, documents_count=True) == 1
    assert class_hours(items=MANUAL, minutes_per_class_hour=45, documents_count=False) == 0


@pytest.mark.parametrize(
    ("free_ms", "learned", "seconds"), [(10_500, 0, 10), (10_500, 55, 5), (900, 0, 0), (99_000, 60, 0)]
)
def test_a_mock_exam_adds_its_own_time_up_to_its_length(free_ms, learned, seconds):
    gained, spent = spent_on_mock(free=((5, 5 + free_ms),), length=60, learned=learned)
    assert gained == seconds
    assert sum(end - start for start, end in spent) == seconds * 1000


def test_a_class_without_items_is_finished_by_everyone_who_joined():
    assert counts(joined=11, complete=3, item_count=4) == Counts(joined=11, finished=3)
    assert counts(joined=11, complete=0, item_count=0) == Counts(joined=11, finished=11)


@pytest.mark.parametrize(
    ("changed", "may"),
    [
        ({}, True),
        ({"closed": False}, False),
        ({"exam_closed_epoch": None}, False),
        ({"exam_closed_epoch": 1}, False),
        ({"arrived": 6}, False),
        ({"arrived": 7, "handed_in_total": None}, False),
        ({"handed_in_total": 0, "arrived": 0}, True),
        ({"counted_epoch": 2}, False),
        ({"counted_epoch": 1}, True),
    ],
)
def test_a_class_is_counted_once_per_epoch_and_only_when_all_has_arrived(changed, may):
    facts = {
        "closed": True,
        "epoch": 2,
        "exam_closed_epoch": 2,
        "handed_in_total": 7,
        "arrived": 7,
        "counted_epoch": None,
    }
    assert can_be_counted(**{**facts, **changed}) is may
