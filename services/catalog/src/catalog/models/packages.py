"""C1–C8: course packages (课程包): one draft, and versions that never change."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from chassis.db import HasId, HasTimes, JSONDocument, Versioned
from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.models.base import Model
from catalog.models.courses import Course
from catalog.models.known import PublishedPaper


class Package(HasId, HasTimes, Versioned, Model):
    """The draft of a package, which can always be edited; official when `provider_id` is NULL (C9)."""

    __tablename__ = "packages"
    __table_args__ = (
        CheckConstraint("play_order IN ('sequential', 'free')", name="ck_packages_play_order"),
        CheckConstraint("minutes_per_class_hour BETWEEN 1 AND 240", name="ck_packages_minutes"),
        CheckConstraint("exam_needed OR exam_paper_version_id IS NULL", name="ck_packages_exam"),
        Index("ix_packages_owner", "provider_id", "updated_at"),
    )

    provider_id: Mapped[uuid.UUID | None]
    name: Mapped[str] = mapped_column(String(100))
    category_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("categories.id"), index=True)
    subsidised: Mapped[bool]
    cover_media_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("media.id"))
    introduction: Mapped[str] = mapped_column(Text)
    play_order: Mapped[str] = mapped_column(String(10))
    minutes_per_class_hour: Mapped[int] = mapped_column(Integer)
    documents_count: Mapped[bool]
    exam_needed: Mapped[bool]
    exam_paper_version_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("published_papers.paper_version_id")
    )
    created_by: Mapped[uuid.UUID]
    exam_paper: Mapped[PublishedPaper | None] = relationship(viewonly=True)
    entries: Mapped[list[PackageCourse]] = relationship(
        order_by="PackageCourse.position", cascade="all, delete-orphan", passive_deletes=True
    )


class PackageCourse(Model):
    """C5: a course in its place in the package; each course once."""

    __tablename__ = "package_courses"
    __table_args__ = (UniqueConstraint("package_id", "course_id", name="uq_package_courses_course"),)

    package_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("packages.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id"), index=True)
    course: Mapped[Course] = relationship()


class PackageVersion(HasId, Model):
    """C8: a package as it was published; classes keep the version that they chose."""

    __tablename__ = "package_versions"
    __table_args__ = (
        UniqueConstraint("package_id", "number", name="uq_package_versions_number"),
        CheckConstraint("number > 0", name="ck_package_versions_number"),
    )

    package_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("packages.id"))
    number: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]] = mapped_column(JSONDocument)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]
    published_by: Mapped[uuid.UUID]


class TrainingPlan(HasTimes, Versioned, Model):
    """C3: the training plan (线上培训项目计划表) of a package."""

    __tablename__ = "training_plans"

    package_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("packages.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[dict[str, Any]] = mapped_column(JSONDocument)
