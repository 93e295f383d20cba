"""Photos that were taken in (S5)."""

import uuid
from datetime import datetime

from chassis.db import HasId
from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from supervision.models import Model
from supervision.photos.rules.purposes import Purpose

PURPOSES = ", ".join(f"'{purpose}'" for purpose in Purpose)
OPEN = text("NOT served")


class Photo(Model, HasId):
    """A learner's photo in the store. What it serves for names its key."""

    __tablename__ = "photos"
    __table_args__ = (
        UniqueConstraint("key", name="uq_photos_key"),
        CheckConstraint(f"purpose IN ({PURPOSES})", name="ck_photos_purpose"),
        CheckConstraint("bytes > 0", name="ck_photos_bytes"),
        Index("ix_photos_enrolment", "enrolment_id", "taken_in_at"),
        Index("ix_photos_open", "taken_in_at", postgresql_where=OPEN, sqlite_where=OPEN),
    )

    enrolment_id: Mapped[uuid.UUID]
    class_id: Mapped[uuid.UUID]
    account_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID]
    purpose: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(250))
    content_type: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    bytes: Mapped[int] = mapped_column(Integer)
    taken_in_at: Mapped[datetime]
    served: Mapped[bool]
    """Whether it was found to have served for something, when its receipt had ended."""
