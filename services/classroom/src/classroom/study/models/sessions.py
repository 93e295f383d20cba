"""Study sessions: one active per account (X7), each with its budget on the server's clock (K18)."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import HasId, JSONDocument, UtcDateTime
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models.base import Model

ACTIVE = text("ended_at IS NULL")


class StudySession(HasId, Model):
    """A page in which a learner studies. Milliseconds since the epoch are its clock; the moments are for people."""

    __tablename__ = "study_sessions"
    __table_args__ = (
        Index(
            "uq_study_sessions_active",
            "account_id",
            unique=True,
            postgresql_where=ACTIVE,
            sqlite_where=ACTIVE,
        ),
        # Never a column that reports change: they would write every index of the row each time.
        Index("ix_study_sessions_account", "account_id"),
        CheckConstraint("until_ms >= opened_ms", name="ck_study_sessions_until"),
        CheckConstraint("credited_seconds >= 0", name="ck_study_sessions_credited"),
        # K18 itself: whatever the code believes, no session is credited more than passed on the clock.
        CheckConstraint("credited_seconds * 1000 <= until_ms - opened_ms", name="ck_study_sessions_clock"),
    )

    account_id: Mapped[uuid.UUID]
    class_id: Mapped[uuid.UUID]
    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("study_learners.enrolment_id", ondelete="CASCADE")
    )
    device: Mapped[str] = mapped_column(String(100))
    item_id: Mapped[uuid.UUID | None]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a newer session took over."""
    opened_ms: Mapped[int] = mapped_column(BigInteger)
    until_ms: Mapped[int] = mapped_column(BigInteger)
    """Up to where its clock has been judged: the last report, or the takeover."""
    passes: Mapped[list[list[int]]] = mapped_column(JSONDocument, default=list)
    """What its study passes cover, as a set of intervals."""
    used: Mapped[list[list[int]]] = mapped_column(JSONDocument, default=list)
    """What has been spent of it; also by a mock exam that ran at the same time."""
    credited_seconds: Mapped[int] = mapped_column(BigInteger, default=0)


class StudyReport(Model):
    """The verdict on a report of a session, kept so that the report sent again gets the same. Ends with its session."""

    __tablename__ = "study_reports"
    __table_args__ = (CheckConstraint("credited_seconds >= 0", name="ck_study_reports_credited"),)

    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("study_sessions.id", ondelete="CASCADE"), primary_key=True
    )
    report_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    """The page's own."""
    item_id: Mapped[uuid.UUID]
    credited_seconds: Mapped[int]
    reason: Mapped[str | None] = mapped_column(String(20))


class StudyPlay(Model):
    """One credited play of a video or reading of a document: an item in one session (K20)."""

    __tablename__ = "study_plays"
    __table_args__ = (
        CheckConstraint("to_seconds >= from_seconds", name="ck_study_plays_span"),
        # K18: what is shown as played was credited.
        CheckConstraint("credited_seconds <= to_seconds - from_seconds", name="ck_study_plays_credited"),
        Index("ix_study_plays_enrolment", "enrolment_id", "item_id"),
    )

    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("study_sessions.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[uuid.UUID]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    from_seconds: Mapped[int]
    """The first and the last of the credited media seconds; ``spans`` says which of those between."""
    to_seconds: Mapped[int]
    spans: Mapped[list[list[int]] | None] = mapped_column(JSONDocument)
    """What was credited, as a set of intervals; None for a play of the time when it was not kept."""
    credited_seconds: Mapped[int]
