"""Applications for opening and graduation, and what the reviewers decided."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import HasId, HasTimes, UtcDateTime, Versioned
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from classroom.classes.models.checks import one_of
from classroom.classes.rules.applications import PENDING, ApplicationState, Decision, Kind, Stage
from classroom.classes.rules.opening import QuoteState
from classroom.models.base import Model


class Application(HasId, HasTimes, Versioned, Model):
    """One try to open or to graduate a class (K12, K27)."""

    __tablename__ = "applications"
    __table_args__ = (
        CheckConstraint(one_of("kind", Kind), name="ck_applications_kind"),
        CheckConstraint(one_of("state", ApplicationState), name="ck_applications_state"),
        CheckConstraint(one_of("quote", QuoteState), name="ck_applications_quote"),
        CheckConstraint(
            "quote <> 'priced' OR (agreement_id IS NOT NULL AND dealer_id IS NOT NULL"
            " AND per_head_fee_fen >= 0 AND amount_fen >= 0)",
            name="ck_applications_priced",
        ),
        CheckConstraint(
            "kind = 'graduation' OR submitted_at IS NULL OR quote = 'priced'",
            name="ck_applications_submitted_priced",
        ),
        CheckConstraint(
            "submitted_at IS NOT NULL OR state IN ('prepared', 'replaced', 'withdrawn')",
            name="ck_applications_submitted",
        ),
        CheckConstraint(
            "kind = 'opening' OR state NOT IN ('first_review', 'second_review', 'approved', 'rejected')"
            " OR (billed_headcount IS NOT NULL AND amount_fen IS NOT NULL)",
            name="ck_applications_reviewed_billed",
        ),
        CheckConstraint("finished_count BETWEEN 0 AND joined_count", name="ck_applications_counts"),
        CheckConstraint("refund_asked_fen BETWEEN 0 AND amount_fen", name="ck_applications_refund_asked"),
        CheckConstraint("refund_fen BETWEEN 0 AND refund_asked_fen", name="ck_applications_refund"),
        CheckConstraint("NOT waiver_asked OR waiver_reason <> ''", name="ck_applications_waiver"),
        Index(
            "uq_applications_pending",
            "class_id",
            unique=True,
            postgresql_where=text(one_of("state", PENDING)),
            sqlite_where=text(one_of("state", PENDING)),
        ),
        Index(
            "uq_applications_approved",
            "class_id",
            "kind",
            unique=True,
            postgresql_where=text("state = 'approved'"),
            sqlite_where=text("state = 'approved'"),
        ),
        Index("ix_applications_queue", "state", "submitted_at", "id"),
        Index("ix_applications_class", "class_id", "id"),
    )

    class_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_classes.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    provider_id: Mapped[uuid.UUID]
    dealer_id: Mapped[uuid.UUID | None]
    prepared_by: Mapped[uuid.UUID]
    prepared_by_name: Mapped[str] = mapped_column(String(100))
    submitted_by: Mapped[uuid.UUID | None]
    submitted_by_name: Mapped[str | None] = mapped_column(String(100))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    planned_headcount: Mapped[int]
    """What the quote was asked for; in a graduation the headcount of the moment, for the page."""
    waiver_asked: Mapped[bool] = mapped_column(default=False)
    waiver_reason: Mapped[str] = mapped_column(String(200), default="")
    quote: Mapped[str] = mapped_column(String(10), default=QuoteState.PENDING.value)
    agreement_id: Mapped[uuid.UUID | None]
    per_head_fee_fen: Mapped[int | None] = mapped_column(BigInteger)
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    """Opening: planned headcount × fee. Graduation: the bill (K28)."""

    epoch: Mapped[int]
    joined_count: Mapped[int | None]
    finished_count: Mapped[int | None]
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    billed_headcount: Mapped[int | None]
    billed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refund_asked_fen: Mapped[int | None] = mapped_column(BigInteger)
    refund_reason: Mapped[str] = mapped_column(String(200), default="")
    refund_fen: Mapped[int | None] = mapped_column(BigInteger)

    @property
    def application_state(self) -> ApplicationState:
        """The state as the rules know it."""
        return ApplicationState(self.state)


class ReviewDecision(HasId, Model):
    """One line of the review log (审核日志); never changed."""

    __tablename__ = "review_decisions"
    __table_args__ = (
        CheckConstraint(one_of("kind", Kind), name="ck_review_decisions_kind"),
        CheckConstraint(one_of("stage", Stage), name="ck_review_decisions_stage"),
        CheckConstraint(one_of("decision", Decision), name="ck_review_decisions_decision"),
        CheckConstraint("decision = 'approved' OR reason <> ''", name="ck_review_decisions_reason"),
        UniqueConstraint("application_id", "stage", name="uq_review_decisions_stage"),
        UniqueConstraint("application_id", "reviewer_id", name="uq_review_decisions_reviewer"),
        Index("ix_review_decisions_class", "class_id", "decided_at"),
    )

    application_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    class_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_classes.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    stage: Mapped[str] = mapped_column(String(10))
    decision: Mapped[str] = mapped_column(String(10))
    opinion: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    reviewer_id: Mapped[uuid.UUID]
    reviewer_name: Mapped[str] = mapped_column(String(100))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
