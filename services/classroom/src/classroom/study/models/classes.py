"""A class as study knows it: its days, limits and items as they were fixed at the opening (K3, K14)."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime
from typing import Any

from chassis.db import JSONDocument, UtcDateTime
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from classroom.classes.models.checks import one_of
from classroom.models.base import Model
from classroom.study.rules.completion import Kind
from classroom.study.rules.study_time import Timetable, windows_of


class StudyState(enum.StrEnum):
    """Whether anything can be studied; closed from the graduation application on (K27)."""

    OPEN = "open"
    CLOSED = "closed"


class StudyClass(Model):
    """An opened class. Its row is shared by study reports and taken alone by closing, so that counts are exact."""

    __tablename__ = "study_classes"
    __table_args__ = (
        CheckConstraint(one_of("state", StudyState), name="ck_study_classes_state"),
        CheckConstraint("end_day >= start_day", name="ck_study_classes_days"),
        CheckConstraint("daily_video_seconds > 0", name="ck_study_classes_daily_video_seconds"),
        CheckConstraint("counted_epoch <= epoch", name="ck_study_classes_counted_epoch"),
        CheckConstraint(
            "(exam_closed_epoch IS NULL) = (handed_in_total IS NULL)", name="ck_study_classes_exam_closed"
        ),
    )

    class_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID]
    state: Mapped[str] = mapped_column(String(10), default=StudyState.OPEN.value)
    epoch: Mapped[int]
    start_day: Mapped[date]
    end_day: Mapped[date]
    study_windows: Mapped[list[dict[str, str]]] = mapped_column(JSONDocument)
    daily_video_seconds: Mapped[int | None]
    sequential: Mapped[bool]
    package_id: Mapped[uuid.UUID | None]
    package_version: Mapped[int | None]
    minutes_per_class_hour: Mapped[int]
    documents_count: Mapped[bool]
    """Whether documents count towards class hours; never towards anything else (C6)."""
    course_count: Mapped[int]
    item_count: Mapped[int]
    course_seconds: Mapped[int]
    exam: Mapped[dict[str, Any] | None] = mapped_column(JSONDocument)
    exam_closed_epoch: Mapped[int | None]
    """The last epoch that the exam service has closed, and how many attempts it had announced by then."""
    handed_in_total: Mapped[int | None]
    counted_epoch: Mapped[int | None]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def timetable(self) -> Timetable:
        """Days and windows as the rules know them."""
        windows = windows_of(self.study_windows)
        return Timetable(start_day=self.start_day, end_day=self.end_day, windows=windows)


class StudyItem(Model):
    """One video, document, exercise or mock exam of the class, at its place in the play order (C5)."""

    __tablename__ = "study_items"
    __table_args__ = (
        CheckConstraint(one_of("kind", Kind), name="ck_study_items_kind"),
        CheckConstraint("seconds >= 0", name="ck_study_items_seconds"),
        UniqueConstraint("class_id", "position", name="uq_study_items_position"),
    )

    class_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("study_classes.class_id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    after_item_id: Mapped[uuid.UUID | None]
    """The item before it, which must be complete first; none in free order."""
    course_id: Mapped[uuid.UUID]
    course_name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    seconds: Mapped[int]
    media_id: Mapped[uuid.UUID | None]
    paper_version_id: Mapped[uuid.UUID | None]
