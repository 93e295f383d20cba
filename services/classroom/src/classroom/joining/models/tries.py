"""How often somebody was wrong lately when joining a class (K15)."""

from __future__ import annotations

from datetime import datetime

from chassis.db import UtcDateTime
from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models.base import Model


class JoinTries(Model):
    """Wrong tries of one account, from one address or at one enrolment; ``key`` is a keyed hash, so that neither an
    address nor a number is kept."""

    __tablename__ = "join_tries"
    __table_args__ = (
        CheckConstraint("wrong >= 0", name="ck_join_tries_wrong"),
        Index("ix_join_tries_last_at", "last_at"),
    )

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    wrong: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Of the first wrong try that is counted."""
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Of the last wrong try; of the first try while there was none."""
