"""Real-name verdicts and consents (S1, X6). No document number is kept here, only a fingerprint."""

import uuid
from datetime import datetime

from chassis.db import HasId
from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from supervision.models import Model

STANDING = text("withdrawn_at IS NULL")


class RealName(Model, HasId):
    """An account that was verified with a document, once for all its classes, with the reference photo."""

    __tablename__ = "real_names"
    __table_args__ = (UniqueConstraint("account_id", "document", name="uq_real_names_document"),)

    account_id: Mapped[uuid.UUID]
    enrolment_id: Mapped[uuid.UUID]
    """The enrolment whose matched name and number it was verified by."""
    document: Mapped[str | None] = mapped_column(String(64))
    """Classroom's fingerprint of its type and number; None in verdicts of an earlier release, which count for their own
    enrolment alone."""
    class_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID]
    verifier: Mapped[str] = mapped_column(String(40))
    verified_at: Mapped[datetime]
    photo_key: Mapped[str] = mapped_column(String(250))
    photo_type: Mapped[str] = mapped_column(String(40))
    photo_sha256: Mapped[str] = mapped_column(String(64))


class Consent(Model, HasId):
    """A consent to face photos: given, and perhaps withdrawn. At most one of an account stands."""

    __tablename__ = "consents"
    __table_args__ = (
        Index(
            "uq_consents_standing",
            "account_id",
            "purpose",
            unique=True,
            postgresql_where=STANDING,
            sqlite_where=STANDING,
        ),
        CheckConstraint("purpose IN ('face_photo')", name="ck_consents_purpose"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="ck_consents_order"),
    )

    account_id: Mapped[uuid.UUID]
    purpose: Mapped[str] = mapped_column(String(20))
    wording: Mapped[str] = mapped_column(String(40))
    """The version of the text that was agreed to."""
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
