"""C4, C6: durations and class hours, with the manual's own figures."""

from __future__ import annotations

import pytest
from catalog.rules.durations import DEFAULT_MINUTES, Durations, class_hours, durations_of
from hypothesis import given
from hypothesis import strategies as st


def seconds(clock: str) -> int:
    """ "00:15:39" → 939."""
    hours, minutes, rest = (int(part) for part in clock.split(":"))
    return hours * 3600 + minutes * 60 + rest


def course(video: str, document: str, mock: str = "00:00:00") -> Durations:
    pairs = [
        ("video", seconds(video)),
        ("document", seconds(document)),
        ("mock_exam", seconds(mock)),
        ("exercise", 0),
    ]
    return durations_of(pairs)


MANUAL = [course("00:15:39", "00:20:00"), course("00:08:27", "00:10:00")]


@pytest.mark.parametrize(
    ("video", "document", "total"),
    [("00:15:39", "00:20:00", "00:35:39"), ("00:08:27", "00:10:00", "00:18:27")],
)
def test_a_course_is_as_long_as_the_manual_says(video: str, document: str, total: str) -> None:
    assert course(video, document).course_seconds == seconds(total)


def test_the_two_courses_of_the_manual_together() -> None:
    total = MANUAL[0] + MANUAL[1]
    assert total.course_seconds == seconds("00:54:06")
    assert total.video_seconds == seconds("00:24:06")
    assert total.document_seconds == seconds("00:30:00")
    assert class_hours(total, minutes_per_class_hour=DEFAULT_MINUTES, documents_count=True) == 1


@pytest.mark.parametrize(
    ("total", "minutes", "hours"),
    [
        ("00:00:00", 45, 0),
        ("00:44:59", 45, 0),
        ("00:45:00", 45, 1),
        ("01:29:59", 45, 1),
        ("01:30:00", 45, 2),
        ("00:54:06", 60, 0),
        ("00:54:06", 50, 1),
        ("00:54:06", 40, 1),
        ("75:00:00", 45, 100),
    ],
)
def test_class_hours_are_whole_ones_only(total: str, minutes: int, hours: int) -> None:
    assert (
        class_hours(
            Durations(video_seconds=seconds(total)), minutes_per_class_hour=minutes, documents_count=True
        )
        == hours
    )


def test_documents_change_class_hours_only_and_never_the_duration() -> None:
    total = MANUAL[0] + MANUAL[1]
    assert class_hours(total, minutes_per_class_hour=45, documents_count=False) == 0
    assert total.course_seconds == seconds("00:54:06")


def test_a_mock_exam_counts_and_an_exercise_does_not() -> None:
    found = durations_of([("mock_exam", 1800), ("exercise", 0), ("video", 60)])
    assert (found.mock_seconds, found.course_seconds) == (1800, 1860)


@given(
    st.builds(
        Durations,
        video_seconds=st.integers(0, 10**6),
        document_seconds=st.integers(0, 10**6),
        mock_seconds=st.integers(0, 10**6),
    ),
    st.integers(1, 240),
)
def test_leaving_documents_out_never_adds_class_hours(found: Durations, minutes: int) -> None:
    without = class_hours(found, minutes_per_class_hour=minutes, documents_count=False)
    assert 0 <= without <= class_hours(found, minutes_per_class_hour=minutes, documents_count=True)
