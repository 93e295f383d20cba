"""A person on a class's roster, who may have joined with an account."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import HasId, HasTimes, UtcDateTime, Versioned
from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from classroom.classes.models.checks import one_of
from classroom.models.base import Model
from classroom.roster.rules.document_numbers import Sex
from classroom.roster.rules.document_types import DocumentType
from classroom.roster.rules.names import LONGEST_KEY, LONGEST_NAME


class Enrolment(HasId, HasTimes, Versioned, Model):
    """报名: five columns of the roster (K6), and the account once it has joined (K15)."""

    __tablename__ = "enrolments"
    __table_args__ = (
        CheckConstraint(one_of("document_type", DocumentType), name="ck_enrolments_document_type"),
        CheckConstraint(one_of("sex", Sex), name="ck_enrolments_sex"),
        CheckConstraint("(account_id IS NULL) = (joined_at IS NULL)", name="ck_enrolments_joined"),
        UniqueConstraint("class_id", "document_index", name="uq_enrolments_document"),
        UniqueConstraint("class_id", "account_id", name="uq_enrolments_account"),
        Index("ix_enrolments_account", "account_id"),
        Index("ix_enrolments_class", "class_id", "id"),
    )

    class_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_classes.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """As written, tidied; it is also the display name that other services hear."""
    name_key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    """What two writings of the name share; for joining (K15)."""
    contact: Mapped[str] = mapped_column(String(100))
    document_type: Mapped[str] = mapped_column(String(30))
    document_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The number, encrypted, with the id of its key in front (X13)."""
    document_index: Mapped[bytes] = mapped_column(LargeBinary(32))
    """HMAC of the number: equal numbers are found by it, and nothing can be read from it."""
    sex: Mapped[str] = mapped_column(String(10))
    account_id: Mapped[uuid.UUID | None]
    account_name: Mapped[str | None] = mapped_column(String(100))
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
