"""C4: chapter courses (章节课程): chapters that hold items."""

from __future__ import annotations

import uuid

from chassis.db import HasId, HasTimes, Versioned
from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.models.base import Model
from catalog.models.known import PublishedPaper
from catalog.models.media import Medium


class Course(HasId, HasTimes, Versioned, Model):
    """A course; official when `provider_id` is NULL (C9)."""

    __tablename__ = "courses"

    provider_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(100))
    created_by: Mapped[uuid.UUID]
    chapters: Mapped[list[Chapter]] = relationship(
        order_by="Chapter.position", cascade="all, delete-orphan", passive_deletes=True
    )


class Chapter(HasId, Model):
    """A chapter of a course, in its place."""

    __tablename__ = "chapters"
    __table_args__ = (UniqueConstraint("course_id", "position", name="uq_chapters_position"),)

    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(100))
    items: Mapped[list[Item]] = relationship(
        order_by="Item.position", cascade="all, delete-orphan", passive_deletes=True
    )


class Item(HasId, Model):
    """Something to study. Its id stays when the course is edited, so that versions can be compared."""

    __tablename__ = "items"
    __table_args__ = (
        UniqueConstraint("chapter_id", "position", name="uq_items_position"),
        CheckConstraint("kind IN ('video', 'document', 'exercise', 'mock_exam')", name="ck_items_kind"),
        CheckConstraint(
            "(kind IN ('video', 'document')) = (media_id IS NOT NULL)"
            " AND (kind IN ('exercise', 'mock_exam')) = (paper_version_id IS NOT NULL)",
            name="ck_items_content",
        ),
        CheckConstraint(
            "(kind = 'document') = (reading_seconds IS NOT NULL) AND (reading_seconds IS NULL OR reading_seconds > 0)",
            name="ck_items_reading",
        ),
    )

    chapter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("chapters.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(100))
    media_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("media.id"), index=True)
    paper_version_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("published_papers.paper_version_id"), index=True
    )
    reading_seconds: Mapped[int | None] = mapped_column(Integer)
    medium: Mapped[Medium | None] = relationship()
    paper: Mapped[PublishedPaper | None] = relationship()

    @property
    def seconds(self) -> int:
        """C4, K19: a video's length, a document's reading time, a mock exam's time; an exercise has none."""
        if self.kind == "video":
            return (self.medium.seconds if self.medium else None) or 0
        if self.kind == "mock_exam":
            return self.paper.seconds if self.paper else 0
        return self.reading_seconds or 0
