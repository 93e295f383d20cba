"""Who looks after a class: one class teacher, any number of assistants."""

from __future__ import annotations

import enum
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from classroom.classes.models.checks import one_of
from classroom.models.base import Model


class Duty(enum.StrEnum):
    """What an account does in a class."""

    TEACHER = "teacher"
    ASSISTANT = "assistant"


class ClassStaff(Model):
    """An account's duty in a class; it makes the class one of those that the account is assigned to."""

    __tablename__ = "class_staff"
    __table_args__ = (
        CheckConstraint(one_of("duty", Duty), name="ck_class_staff_duty"),
        Index(
            "uq_class_staff_teacher",
            "class_id",
            unique=True,
            postgresql_where=text("duty = 'teacher'"),
            sqlite_where=text("duty = 'teacher'"),
        ),
        Index("ix_class_staff_account", "account_id"),
    )

    class_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("training_classes.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    duty: Mapped[str] = mapped_column(String(10))
