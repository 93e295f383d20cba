"""What a learner has of one item, and which documents were opened."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import JSONDocument, UtcDateTime
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models.base import Model


class ItemProgress(Model):
    """The union of what was watched or read of an item, and when it was complete (K18, K19)."""

    __tablename__ = "study_item_progress"
    __table_args__ = (
        CheckConstraint("seconds BETWEEN 0 AND length_seconds", name="ck_study_item_progress_seconds"),
    )

    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("study_learners.enrolment_id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    length_seconds: Mapped[int]
    seconds: Mapped[int]
    watched: Mapped[list[list[int]]] = mapped_column(JSONDocument, default=list)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    complete_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DocumentOpening(Model):
    """When a document was first opened, that is, its item ticket given: before that nothing of it is credited (K18)."""

    __tablename__ = "study_document_openings"

    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("study_learners.enrolment_id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
