"""Attempts: one learner's way through one published paper (E2–E4)."""

import uuid
from datetime import datetime
from typing import Any

from chassis.db import HasId, JSONDocument
from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam.models.base import Model
from exam.models.papers import KINDS, PaperVersion

RUNNING = text("handed_in_at IS NULL")
RUNNING_MOCK = text("handed_in_at IS NULL AND kind = 'mock_exam'")


class Attempt(Model, HasId):
    """Running until `handed_in_at` is set. `target_id` is what was attempted: the class's exam, or an item."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "target_id", "number", name="uq_attempts_number"),
        Index(
            "uq_attempts_running", "enrolment_id", "target_id",
            unique=True, postgresql_where=RUNNING, sqlite_where=RUNNING,
        ),
        # A mock exam's seconds count as learned (K19): two at once would count the same second twice (K18).
        Index(
            "uq_attempts_running_mock", "enrolment_id",
            unique=True, postgresql_where=RUNNING_MOCK, sqlite_where=RUNNING_MOCK,
        ),
        Index("ix_attempts_class", "class_id", "enrolment_id"),
        Index("ix_attempts_account", "account_id", "class_id"),
        Index("ix_attempts_deadline", "deadline", postgresql_where=RUNNING, sqlite_where=RUNNING),
        CheckConstraint(f"kind IN ({KINDS})", name="ck_attempts_kind"),
        CheckConstraint("number >= 1", name="ck_attempts_number"),
        CheckConstraint("(kind = 'exam') = (attempts_allowed IS NOT NULL)", name="ck_attempts_allowed_for_exams"),
        CheckConstraint("attempts_allowed IS NULL OR number <= attempts_allowed", name="ck_attempts_allowed"),
        CheckConstraint("(kind = 'exam') = (item_id IS NULL)", name="ck_attempts_item"),
        CheckConstraint(
            "(handed_in_at IS NULL) = (score IS NULL) AND (handed_in_at IS NULL) = (passed IS NULL)"
            " AND (handed_in_at IS NULL) = (ended_by IS NULL)",
            name="ck_attempts_handed_in",
        ),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND total_score", name="ck_attempts_score"),
        CheckConstraint("ended_by IN ('learner', 'deadline', 'closing')", name="ck_attempts_ended_by"),
    )  # fmt: skip

    class_id: Mapped[uuid.UUID]
    enrolment_id: Mapped[uuid.UUID]
    account_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(20))
    target_id: Mapped[uuid.UUID]
    item_id: Mapped[uuid.UUID | None]
    paper_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("paper_versions.id"))
    number: Mapped[int] = mapped_column(Integer)
    attempts_allowed: Mapped[int | None] = mapped_column(Integer)
    epoch: Mapped[int] = mapped_column(Integer)
    question_order: Mapped[list[dict[str, Any]]] = mapped_column(JSONDocument)
    """Frozen at the start (E3): [{question_id, kind, options: [the bank's keys in the order shown]}]."""
    total_score: Mapped[int] = mapped_column(Integer)
    pass_score: Mapped[int] = mapped_column(Integer)
    seconds: Mapped[int | None] = mapped_column(Integer)
    """The time limit; None for an exercise."""
    started_at: Mapped[datetime]
    deadline: Mapped[datetime | None]
    handed_in_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(20))
    score: Mapped[int | None] = mapped_column(Integer)
    passed: Mapped[bool | None]

    paper: Mapped[PaperVersion] = relationship(lazy="select")

    @property
    def is_running(self) -> bool:
        """Whether answers are still taken."""
        return self.handed_in_at is None


class SavedAnswer(Model, HasId):
    """One save of one answer (E4). Rows are only added; the one with the highest position counts."""

    __tablename__ = "saved_answers"
    __table_args__ = (
        UniqueConstraint("attempt_id", "change_id", name="uq_saved_answers_change"),
        UniqueConstraint("attempt_id", "position", name="uq_saved_answers_position"),
    )

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempts.id"))
    change_id: Mapped[uuid.UUID]
    """The id that the learner's page gave this save: sent again, it changes nothing."""
    position: Mapped[int] = mapped_column(Integer)
    question_id: Mapped[uuid.UUID]
    answer: Mapped[list[str]] = mapped_column(JSONDocument)
    """The bank's keys; an empty list takes the answer back."""
    marked: Mapped[bool]
    saved_at: Mapped[datetime]
