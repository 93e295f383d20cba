"""Attempts as the exam service announced them when they were handed in."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import JSONDocument, UtcDateTime
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from classroom.classes.models.checks import one_of
from classroom.models.base import Model
from classroom.study.rules.completion import AttemptKind


class StudyAttempt(Model):
    """exam.attempt.handed_in.v1, kept once per attempt; a mock exam's time on the clock with it (K19)."""

    __tablename__ = "study_attempts"
    __table_args__ = (
        CheckConstraint(one_of("kind", AttemptKind), name="ck_study_attempts_kind"),
        CheckConstraint("(kind = 'exam') = (item_id IS NULL)", name="ck_study_attempts_item"),
        Index("ix_study_attempts_class", "class_id"),
        Index("ix_study_attempts_enrolment", "enrolment_id", "handed_in_at"),
        Index("ix_study_attempts_account", "account_id", "handed_in_at"),
    )

    attempt_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    class_id: Mapped[uuid.UUID]
    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("study_learners.enrolment_id", ondelete="CASCADE")
    )
    account_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(12))
    item_id: Mapped[uuid.UUID | None]
    number: Mapped[int]
    score: Mapped[int]
    total_score: Mapped[int]
    passed: Mapped[bool]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seconds: Mapped[int]
    used: Mapped[list[list[int]]] = mapped_column(JSONDocument, default=list)
    """Milliseconds of the clock that a mock exam's credit has spent."""
