"""What catalog has heard from others, and keeps for its own decisions."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from catalog.models.base import Model


class Provider(Model):
    """identity.provider.changed.v1, the newest state."""

    __tablename__ = "providers"

    provider_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    dealer_id: Mapped[uuid.UUID | None]
    active: Mapped[bool]
    sequence: Mapped[int] = mapped_column(BigInteger)


class ProviderAddon(Model):
    """An add-on that a provider holds (B14). A provider without a row here holds none."""

    __tablename__ = "provider_addons"

    provider_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    addon: Mapped[str] = mapped_column(String(60), primary_key=True)
    active: Mapped[bool]


class PublishedPaper(Model):
    """exam.paper.published.v1: a version of a paper never changes. `provider_id` is NULL for official ones."""

    __tablename__ = "published_papers"
    __table_args__ = (
        CheckConstraint("kind IN ('exercise', 'mock_exam', 'exam')", name="ck_published_papers_kind"),
        CheckConstraint("seconds >= 0", name="ck_published_papers_seconds"),
    )

    paper_version_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    paper_id: Mapped[uuid.UUID] = mapped_column(index=True)
    paper_version: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    provider_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    question_count: Mapped[int] = mapped_column(Integer)
    total_score: Mapped[int] = mapped_column(Integer)
    pass_score: Mapped[int] = mapped_column(Integer)
    seconds: Mapped[int] = mapped_column(Integer)


class KnownClass(Model):
    """classroom.class.changed.v1, the newest state: whether what its learners hold still opens a medium (K27)."""

    __tablename__ = "known_classes"

    class_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(30))
    epoch: Mapped[int] = mapped_column(Integer)
    sequence: Mapped[int] = mapped_column(BigInteger)
