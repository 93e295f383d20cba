"""When an item and a class are learned, and for how long (K19, C5)."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from classroom.study.rules.intervals import Spans, difference, first, measure, union


class Kind(enum.StrEnum):
    """What an item of a course is (C4)."""

    VIDEO = "video"
    DOCUMENT = "document"
    EXERCISE = "exercise"
    MOCK_EXAM = "mock_exam"


class AttemptKind(enum.StrEnum):
    """What the exam service lets people take; the exam is no item of a course."""

    EXERCISE = "exercise"
    MOCK_EXAM = "mock_exam"
    EXAM = "exam"


STUDIED = frozenset({Kind.VIDEO, Kind.DOCUMENT})
"""Progress by reports; the others are complete when handed in."""
TIMED = frozenset({Kind.VIDEO, Kind.DOCUMENT, Kind.MOCK_EXAM})
"""Kinds whose seconds make up the course duration."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of the class in play order."""

    item_id: UUID
    kind: str
    seconds: int


def video_complete(*, watched: Spans, length: int) -> bool:
    """Watched through: from the beginning to the end, of which the last second may be lost to rounding (K19)."""
    through = min(length, max(1, length - 1))
    return not difference(union([(0, through)]), watched)


def learned_seconds(*, kind: str, seconds: int, length: int) -> int:
    """What an item adds to the learned duration: timed kinds up to their length, exercises nothing (K19)."""
    return min(seconds, length) if kind in TIMED else 0


def is_finished(*, items: Iterable[Item], complete: frozenset[UUID]) -> bool:
    """Every item complete; the exam is not an item, and without items whoever joined is finished (K19)."""
    return all(item.item_id in complete for item in items)


def course_seconds(items: Iterable[Item]) -> int:
    """The course duration: the lengths of all timed items (C4, K20)."""
    return sum(item.seconds for item in items if item.kind in TIMED)


def class_hours(*, items: Iterable[Item], minutes_per_class_hour: int, documents_count: bool) -> int:
    """Class hours, rounded down; whether documents count is the region's policy and changes only these (C6)."""
    counted = (
        item.seconds
        for item in items
        if item.kind in TIMED and (item.kind != Kind.DOCUMENT or documents_count)
    )
    return sum(counted) // (minutes_per_class_hour * 60)


def spent_on_mock(*, free: Spans, length: int, learned: int) -> tuple[int, Spans]:
    """Seconds that a mock exam adds out of its unspent time on the clock, and what of that it spends (K18, K19)."""
    seconds = max(0, min(measure(free) // 1000, length - learned))
    return seconds, first(free, seconds * 1000)
