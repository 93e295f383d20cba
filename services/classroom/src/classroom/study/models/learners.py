"""Who studies in a class, with the figures that every list shows."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from chassis.db import UtcDateTime
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models.base import Model


class StudyLearner(Model):
    """An enrolment that has joined, and how far it has come (K19)."""

    __tablename__ = "study_learners"
    __table_args__ = (
        UniqueConstraint("class_id", "account_id", name="uq_study_learners_account"),
        CheckConstraint("complete_items >= 0", name="ck_study_learners_complete_items"),
        CheckConstraint("learned_seconds >= 0", name="ck_study_learners_learned_seconds"),
        Index("ix_study_learners_account", "account_id"),
    )

    enrolment_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    class_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("study_classes.class_id", ondelete="CASCADE"))
    account_id: Mapped[uuid.UUID]
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    complete_items: Mapped[int] = mapped_column(default=0)
    learned_seconds: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_study_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    days_checked_in: Mapped[int] = mapped_column(default=0)
    last_check_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StudyDay(Model):
    """Seconds credited to a learner on one Shanghai day: the daily limit's figure (K4) and the daily table's (K20)."""

    __tablename__ = "study_days"
    __table_args__ = (
        CheckConstraint("video_seconds >= 0 AND document_seconds >= 0", name="ck_study_days_seconds"),
        CheckConstraint("video_seconds + document_seconds <= 86400", name="ck_study_days_day"),
        Index("ix_study_days_class", "class_id", "day"),
    )

    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("study_learners.enrolment_id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    class_id: Mapped[uuid.UUID]
    video_seconds: Mapped[int] = mapped_column(default=0)
    document_seconds: Mapped[int] = mapped_column(default=0)
