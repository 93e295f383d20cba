"""Papers: a draft that is edited, and published versions that never change (E1)."""

import uuid
from datetime import datetime
from typing import Any

from chassis.db import HasId, HasTimes, JSONDocument, Versioned
from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam.models.base import Model
from exam.models.questions import KINDS as QUESTION_KINDS
from exam.rules.papers import PaperKind

KINDS = ", ".join(f"'{kind}'" for kind in PaperKind)


class Paper(Model, HasId, HasTimes, Versioned):
    """A paper as its author sees it: the draft of its next version."""

    __tablename__ = "papers"
    __table_args__ = (
        CheckConstraint(f"kind IN ({KINDS})", name="ck_papers_kind"),
        CheckConstraint("seconds >= 0", name="ck_papers_seconds"),
        CheckConstraint("pass_score >= 0", name="ck_papers_pass_score"),
        Index("ix_papers_shelf", "provider_id", "created_at"),
    )

    provider_id: Mapped[uuid.UUID | None]
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    pass_score: Mapped[int] = mapped_column(Integer)
    seconds: Mapped[int] = mapped_column(Integer)
    """The default duration of one attempt; 0 for an exercise."""
    shuffle_questions: Mapped[bool]
    shuffle_options: Mapped[bool]
    published_number: Mapped[int] = mapped_column(Integer, default=0)
    """The number of the newest published version, 0 before the first."""

    questions: Mapped[list["PaperQuestion"]] = relationship(
        order_by="PaperQuestion.position", cascade="all, delete-orphan", lazy="selectin"
    )


class PaperQuestion(Model):
    """A question's place and points in a draft."""

    __tablename__ = "paper_questions"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 1000", name="ck_paper_questions_score"),)

    paper_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("questions.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer)
    score: Mapped[int] = mapped_column(Integer)


class PaperVersion(Model, HasId):
    """A published paper. Triggers of migration 0002 refuse to change or delete it."""

    __tablename__ = "paper_versions"
    __table_args__ = (
        UniqueConstraint("paper_id", "number", name="uq_paper_versions_number"),
        CheckConstraint("number >= 1", name="ck_paper_versions_number"),
        CheckConstraint(f"kind IN ({KINDS})", name="ck_paper_versions_kind"),
        CheckConstraint("pass_score BETWEEN 0 AND total_score", name="ck_paper_versions_pass_score"),
        CheckConstraint("kind = 'exercise' OR seconds > 0", name="ck_paper_versions_seconds"),
    )

    paper_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("papers.id"))
    number: Mapped[int] = mapped_column(Integer)
    provider_id: Mapped[uuid.UUID | None]
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    total_score: Mapped[int] = mapped_column(Integer)
    pass_score: Mapped[int] = mapped_column(Integer)
    seconds: Mapped[int] = mapped_column(Integer)
    shuffle_questions: Mapped[bool]
    shuffle_options: Mapped[bool]
    question_count: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of all that was published: publishing the same content again is refused."""
    published_at: Mapped[datetime]
    published_by: Mapped[uuid.UUID]

    questions: Mapped[list["VersionQuestion"]] = relationship(
        order_by="VersionQuestion.position", lazy="select"
    )


class VersionQuestion(Model):
    """A question as it was at publication, with its right answer and points."""

    __tablename__ = "version_questions"
    __table_args__ = (
        UniqueConstraint("paper_version_id", "position", name="uq_version_questions_position"),
        CheckConstraint(f"kind IN ({QUESTION_KINDS})", name="ck_version_questions_kind"),
        CheckConstraint("score >= 1", name="ck_version_questions_score"),
    )

    paper_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("paper_versions.id"), primary_key=True)
    question_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str]
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSONDocument)
    answer: Mapped[list[str]] = mapped_column(JSONDocument)
    explanation: Mapped[str]
    score: Mapped[int] = mapped_column(Integer)
