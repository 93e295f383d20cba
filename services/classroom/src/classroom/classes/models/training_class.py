"""The class: what the wizard sets, where it stands, what its opening fixed."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from chassis.db import HasId, HasTimes, JSONDocument, UtcDateTime, Versioned
from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from classroom.classes.models.checks import one_of
from classroom.classes.rules.basic import LONGEST_ANNOUNCEMENT, MOST_LEARNERS
from classroom.classes.rules.class_types import ClassType
from classroom.classes.rules.courses import AnswersShown, Replay
from classroom.classes.rules.states import ClassState
from classroom.models.base import Model

WITH_PASSWORD = (ClassState.OPEN, ClassState.GRADUATION_REVIEW)
"""States in which a class password is in use, and so unique (K14)."""


class TrainingClass(HasId, HasTimes, Versioned, Model):
    """One training of one group of people (班级)."""

    __tablename__ = "training_classes"
    __table_args__ = (
        CheckConstraint(one_of("type", ClassType), name="ck_training_classes_type"),
        CheckConstraint(one_of("state", ClassState), name="ck_training_classes_state"),
        CheckConstraint(one_of("replay", Replay), name="ck_training_classes_replay"),
        CheckConstraint(
            one_of("exam_answers_shown", AnswersShown), name="ck_training_classes_exam_answers_shown"
        ),
        CheckConstraint("end_day >= start_day", name="ck_training_classes_days"),
        CheckConstraint(
            f"planned_headcount BETWEEN 1 AND {MOST_LEARNERS}", name="ck_training_classes_planned_headcount"
        ),
        CheckConstraint("enrolled BETWEEN 0 AND planned_headcount", name="ck_training_classes_enrolled"),
        CheckConstraint(
            f"length(announcement) <= {LONGEST_ANNOUNCEMENT}", name="ck_training_classes_announcement"
        ),
        CheckConstraint(
            "(package_id IS NULL) = (package_version IS NULL)", name="ck_training_classes_package"
        ),
        CheckConstraint(
            "(exam_opens_at IS NULL) = (exam_closes_at IS NULL)"
            " AND (exam_opens_at IS NULL) = (exam_attempts IS NULL)"
            " AND (exam_opens_at IS NULL) = (exam_minutes IS NULL)",
            name="ck_training_classes_exam",
        ),
        CheckConstraint(
            "(class_password IS NULL) = (state IN ('draft', 'opening_review'))",
            name="ck_training_classes_password",
        ),
        CheckConstraint("(opened_at IS NULL) = (class_password IS NULL)", name="ck_training_classes_opened"),
        CheckConstraint(
            "(graduated_at IS NOT NULL) = (state = 'graduated')", name="ck_training_classes_graduated"
        ),
        CheckConstraint("epoch >= 1", name="ck_training_classes_epoch"),
        Index(
            "uq_training_classes_open_password",
            "class_password",
            unique=True,
            postgresql_where=text(one_of("state", WITH_PASSWORD)),
            sqlite_where=text(one_of("state", WITH_PASSWORD)),
        ),
        Index("ix_training_classes_provider", "provider_id", "id"),
        Index("ix_training_classes_dealer", "dealer_id", "id"),
    )

    provider_id: Mapped[uuid.UUID]
    dealer_id: Mapped[uuid.UUID | None]
    """The provider's dealer when the class was made; the quote's dealer from its opening on."""
    type: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default=ClassState.DRAFT.value)
    epoch: Mapped[int] = mapped_column(default=1)
    """Raised each time that a closed class is opened again (K27)."""

    name: Mapped[str] = mapped_column(String(100))
    start_day: Mapped[date]
    end_day: Mapped[date]
    planned_headcount: Mapped[int]
    enrolled: Mapped[int] = mapped_column(default=0)
    """How many stand on the roster: the database itself keeps it under the planned headcount (K8, K10)."""
    province: Mapped[str] = mapped_column(String(30))
    city: Mapped[str] = mapped_column(String(30))
    district: Mapped[str] = mapped_column(String(30))
    category_id: Mapped[uuid.UUID]
    training_enterprise: Mapped[str] = mapped_column(String(100), default="")
    supervision_number: Mapped[str] = mapped_column(String(60), default="")
    announcement: Mapped[str] = mapped_column(String(LONGEST_ANNOUNCEMENT), default="")

    courses_saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recorded: Mapped[bool] = mapped_column(default=False)
    package_id: Mapped[uuid.UUID | None]
    package_version: Mapped[int | None]
    minutes_per_class_hour: Mapped[int] = mapped_column(default=45)
    replay: Mapped[str] = mapped_column(String(10), default=Replay.NONE.value)
    replay_until: Mapped[date | None]
    exam_opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    exam_closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    exam_attempts: Mapped[int | None]
    exam_minutes: Mapped[int | None]
    exam_answers_shown: Mapped[str] = mapped_column(String(20), default=AnswersShown.AFTER_WINDOW.value)
    offline: Mapped[bool] = mapped_column(default=False)
    timetable: Mapped[str] = mapped_column(Text, default="")
    """Rich text, sanitised before it is kept."""

    supervision_saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    supervision: Mapped[dict[str, Any]] = mapped_column(JSONDocument, default=dict)
    """The K4 settings as classroom.class.changed.v1 carries them."""
    policy_version: Mapped[int] = mapped_column(default=1)

    class_password: Mapped[str | None] = mapped_column(String(6))
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    graduated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def class_state(self) -> ClassState:
        """The state as the rules know it."""
        return ClassState(self.state)

    @property
    def class_type(self) -> ClassType:
        """The type as the rules know it."""
        return ClassType(self.type)
