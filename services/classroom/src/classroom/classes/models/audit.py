"""Who did what to a class, and when (X11)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from chassis.db import HasId, JSONDocument, UtcDateTime
from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models.base import Model


class AuditEntry(HasId, Model):
    """One deed. It outlives a deleted draft, so it has no foreign key. Document numbers never stand in it."""

    __tablename__ = "class_audit_log"
    __table_args__ = (
        Index("ix_class_audit_log_class", "class_id", "id"),
        Index("ix_class_audit_log_provider", "provider_id", "id"),
    )

    class_id: Mapped[uuid.UUID]
    class_name: Mapped[str] = mapped_column(String(100))
    provider_id: Mapped[uuid.UUID]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[uuid.UUID | None]
    """None when another service's event did it."""
    actor_name: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(40))
    summary: Mapped[str] = mapped_column(String(300))
    changes: Mapped[dict[str, Any]] = mapped_column(JSONDocument, default=dict)
    """Field → [before, after], where fields were changed."""
