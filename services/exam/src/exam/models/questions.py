"""The question bank (E1)."""

import uuid
from typing import Any

from chassis.db import HasId, HasTimes, JSONDocument, Versioned
from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from exam.models.base import Model
from exam.rules.questions import QuestionKind

KINDS = ", ".join(f"'{kind}'" for kind in QuestionKind)


class Question(Model, HasId, HasTimes, Versioned):
    """A question that papers are made of. Editing it never touches a published paper: that has its own copy."""

    __tablename__ = "questions"
    __table_args__ = (
        CheckConstraint(f"kind IN ({KINDS})", name="ck_questions_kind"),
        Index("ix_questions_bank", "provider_id", "created_at"),
    )

    provider_id: Mapped[uuid.UUID | None]
    """None: official, kept by the platform and usable by every provider."""
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSONDocument)
    answer: Mapped[list[str]] = mapped_column(JSONDocument)
    explanation: Mapped[str] = mapped_column(Text, default="")
