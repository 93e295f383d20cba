"""C1: categories, a tree of occupations that the platform keeps."""

from __future__ import annotations

import uuid

from chassis.db import HasId, HasTimes, Versioned
from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from catalog.models.base import Model

_ROOT = text("parent_id IS NULL")


class Category(HasId, HasTimes, Versioned, Model):
    """One occupation or group of occupations. Siblings have different names."""

    __tablename__ = "categories"
    __table_args__ = (
        Index("uq_categories_name", "parent_id", "name", unique=True),
        # NULL equals nothing, so roots need an index of their own.
        Index("uq_categories_root_name", "name", unique=True, sqlite_where=_ROOT, postgresql_where=_ROOT),
        CheckConstraint("parent_id <> id", name="ck_categories_parent"),
    )

    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("categories.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(Integer, default=0)
