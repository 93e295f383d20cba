"""What supervision has heard of classes and enrolments."""

import uuid
from datetime import date, datetime

from chassis.db import JSONDocument
from sqlalchemy import CheckConstraint, Date, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from supervision.models.base import Model


class ClassPolicy(Model):
    """Projection of `classroom.class.changed.v1`: what a class asks of its learners (K4)."""

    __tablename__ = "class_policies"
    __table_args__ = (
        CheckConstraint("check_in IN ('off', 'once', 'twice')", name="ck_class_policies_check_in"),
        Index("ix_class_policies_provider", "provider_id"),
    )

    class_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    """The sequence of the event that it was taken from; only a greater one replaces it."""
    provider_id: Mapped[uuid.UUID]
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(30))
    epoch: Mapped[int] = mapped_column(Integer)
    policy_version: Mapped[int] = mapped_column(Integer)
    start_day: Mapped[date] = mapped_column(Date)
    end_day: Mapped[date] = mapped_column(Date)
    real_name: Mapped[bool]
    check_in: Mapped[str] = mapped_column(String(10))
    teachers: Mapped[list[str]] = mapped_column(JSONDocument)


class ClassLearner(Model):
    """Projection of `classroom.enrolment.changed.v1`: who is in a class, by display name."""

    __tablename__ = "class_learners"
    __table_args__ = (Index("ix_class_learners_class", "class_id", "name"),)

    enrolment_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    class_id: Mapped[uuid.UUID]
    account_id: Mapped[uuid.UUID | None]
    name: Mapped[str] = mapped_column(String(200))
    joined_at: Mapped[datetime | None]
    removed: Mapped[bool]
