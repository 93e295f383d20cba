"""C4, C6: how long a course is, and how many class hours that makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

DEFAULT_MINUTES = 45
"""Minutes per class hour unless a package or class says otherwise (C6)."""


class ItemKind(StrEnum):
    """What a chapter may hold (C4): 视频, 文档, 课后练习, 模考."""

    VIDEO = "video"
    DOCUMENT = "document"
    EXERCISE = "exercise"
    MOCK_EXAM = "mock_exam"


@dataclass(frozen=True, kw_only=True)
class Durations:
    """Seconds by kind, as the page shows them per course (C4). Exercises have no duration (K19)."""

    video_seconds: int = 0
    document_seconds: int = 0
    mock_seconds: int = 0

    @property
    def course_seconds(self) -> int:
        """The course duration: the sum of the three, whether documents count towards class hours or not (C6)."""
        return self.video_seconds + self.document_seconds + self.mock_seconds

    def __add__(self, other: Durations) -> Durations:
        return Durations(
            video_seconds=self.video_seconds + other.video_seconds,
            document_seconds=self.document_seconds + other.document_seconds,
            mock_seconds=self.mock_seconds + other.mock_seconds,
        )

    def as_dict(self) -> dict[str, int]:
        """The four figures by name."""
        return {
            "video_seconds": self.video_seconds,
            "document_seconds": self.document_seconds,
            "mock_seconds": self.mock_seconds,
            "course_seconds": self.course_seconds,
        }


def durations_of(items: Iterable[tuple[str, int]]) -> Durations:
    """C4: sum (kind, seconds) pairs by kind."""
    sums = dict.fromkeys(ItemKind, 0)
    for kind, seconds in items:
        sums[ItemKind(kind)] += seconds
    return Durations(
        video_seconds=sums[ItemKind.VIDEO],
        document_seconds=sums[ItemKind.DOCUMENT],
        mock_seconds=sums[ItemKind.MOCK_EXAM],
    )


def class_hours(durations: Durations, *, minutes_per_class_hour: int, documents_count: bool) -> int:
    """C6: `floor(total seconds / (minutes per class hour × 60))`; documents are left out where the region
    does not count them."""
    counted = durations.course_seconds
    if not documents_count:
        counted -= durations.document_seconds
    return counted // (minutes_per_class_hour * 60)
