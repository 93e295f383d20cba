"""What the exam service has heard of classes and enrolments, and which epochs it has closed."""

import uuid
from datetime import date, datetime

from chassis.db import JSONDocument
from sqlalchemy import CheckConstraint, Date, Index, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from exam.models.base import Model
from exam.rules.answer_release import AnswersShown


class ClassExam(Model):
    """Projection of `classroom.class.changed.v1`: the class's exam, days, state and teachers."""

    __tablename__ = "class_exams"
    __table_args__ = (Index("ix_class_exams_provider", "provider_id"),)

    class_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    """The sequence of the event that it was taken from; only a greater one replaces it."""
    provider_id: Mapped[uuid.UUID]
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(30))
    epoch: Mapped[int] = mapped_column(Integer)
    policy_version: Mapped[int] = mapped_column(Integer)
    start_day: Mapped[date | None] = mapped_column(Date)
    end_day: Mapped[date | None] = mapped_column(Date)
    paper_version_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    attempts: Mapped[int | None] = mapped_column(Integer)
    seconds: Mapped[int | None] = mapped_column(Integer)
    answers_shown: Mapped[str] = mapped_column(String(20), default=AnswersShown.AFTER_WINDOW)
    teachers: Mapped[list[str]] = mapped_column(JSONDocument)


class ClassLearner(Model):
    """Projection of `classroom.enrolment.changed.v1`: the name to show beside an enrolment."""

    __tablename__ = "class_learners"
    __table_args__ = (
        Index("ix_class_learners_class", "class_id", "name"),
        Index("ix_class_learners_account", "account_id", "class_id"),
    )

    enrolment_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    class_id: Mapped[uuid.UUID]
    account_id: Mapped[uuid.UUID | None]
    name: Mapped[str] = mapped_column(String(200))
    removed: Mapped[bool]


class ClassGate(Model):
    """The last epoch of a class that was closed (K27).

    Starting an attempt holds this row shared, closing holds it alone: no attempt can begin beside a closing.
    """

    __tablename__ = "class_gates"
    __table_args__ = (CheckConstraint("closed_epoch >= -1", name="ck_class_gates_epoch"),)

    class_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    closed_epoch: Mapped[int] = mapped_column(Integer, default=-1)


class ClassClosing(Model):
    """An epoch of a class that was closed and answered, once."""

    __tablename__ = "class_closings"

    class_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    handed_in_total: Mapped[int] = mapped_column(Integer)
    closed_at: Mapped[datetime]
