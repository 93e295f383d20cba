"""The class at a glance (K16)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from classroom.study.models import StudyClass, StudyItem, StudyLearner
from classroom.study.rules.completion import Item, class_hours
from classroom.study.rules.counting import Counts, counts


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Figures of the class; ``unfinished`` includes those who have not joined."""

    learners: int
    joined: int
    finished: int
    course_count: int
    exam_count: int
    course_seconds: int
    class_hours: int

    @property
    def not_joined(self) -> int:
        """未加入班级人数."""
        return self.learners - self.joined

    @property
    def unfinished(self) -> int:
        """未全部学完人数（含未加入）."""
        return self.learners - self.finished


def class_overview(session: Session, *, class_id: UUID, enrolled: int, exam_count: int) -> Overview:
    """The overview of a class; one that was never opened has learners and nothing else."""
    study_class = session.get(StudyClass, class_id)
    if study_class is None:
        return Overview(
            learners=enrolled, joined=0, finished=0, course_count=0, exam_count=exam_count, course_seconds=0,
            class_hours=0,
        )  # fmt: skip
    joined, complete = joined_and_complete(session, class_id=class_id)
    items = [
        Item(item_id=row.item_id, kind=row.kind, seconds=row.seconds)
        for row in session.execute(
            sa.select(StudyItem.item_id, StudyItem.kind, StudyItem.seconds).where(
                StudyItem.class_id == class_id
            )
        )
    ]
    return Overview(
        learners=enrolled,
        joined=joined,
        finished=complete if items else joined,
        course_count=study_class.course_count,
        exam_count=exam_count,
        course_seconds=study_class.course_seconds,
        class_hours=class_hours(
            items=items,
            minutes_per_class_hour=study_class.minutes_per_class_hour,
            documents_count=study_class.documents_count,
        ),
    )


def joined_and_complete(session: Session, *, class_id: UUID) -> tuple[int, int]:
    """How many have joined, and how many of them have completed every item."""
    joined, complete = session.execute(
        sa.select(sa.func.count(), sa.func.count(StudyLearner.finished_at)).where(
            StudyLearner.class_id == class_id
        )
    ).one()
    return joined, complete


def counts_so_far(session: Session, *, class_id: UUID) -> Counts:
    """Joined and finished of an opened class as they are now (K19)."""
    joined, complete = joined_and_complete(session, class_id=class_id)
    item_count = session.get_one(StudyClass, class_id).item_count
    return counts(joined=joined, complete=complete, item_count=item_count)
