"""Check-ins (S2)."""

import uuid
from datetime import date, datetime

from chassis.db import HasId
from sqlalchemy import CheckConstraint, Date, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervision.check_in.rules.slots import Slot
from supervision.models import Model

SLOTS = ", ".join(f"'{slot}'" for slot in Slot)


class CheckIn(Model, HasId):
    """One slot of one day that a learner filled, with the photo taken then."""

    __tablename__ = "check_ins"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "day", "slot", name="uq_check_ins_slot"),
        UniqueConstraint("photo_key", name="uq_check_ins_photo"),
        CheckConstraint(f"slot IN ({SLOTS})", name="ck_check_ins_slot"),
        Index("ix_check_ins_class", "class_id", "day"),
    )

    class_id: Mapped[uuid.UUID]
    enrolment_id: Mapped[uuid.UUID]
    account_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID]
    day: Mapped[date] = mapped_column(Date)
    """The Shanghai day."""
    slot: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    photo_key: Mapped[str] = mapped_column(String(250))
    photo_type: Mapped[str] = mapped_column(String(40))
    photo_sha256: Mapped[str] = mapped_column(String(64))
