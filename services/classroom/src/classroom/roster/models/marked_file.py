"""A user's file with its errors marked, kept for half an hour."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import HasId, UtcDateTime
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models.base import Model


class MarkedFile(HasId, Model):
    """Where the file lies until it expires: it has document numbers in it, so a job removes it on time."""

    __tablename__ = "roster_marked_files"
    __table_args__ = (Index("ix_roster_marked_files_expires", "expires_at"),)

    class_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("training_classes.id", ondelete="SET NULL"))
    """Gone with a deleted draft; the row stays until its file is removed."""
    store_key: Mapped[str] = mapped_column(String(250))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
