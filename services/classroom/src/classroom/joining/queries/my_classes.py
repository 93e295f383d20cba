"""The learner's own classes (K15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.web import paginate
from sqlalchemy.orm import Session

from classroom.classes.models import TrainingClass
from classroom.classes.queries.reach import ClassNotFound
from classroom.classes.queries.staff import Member, staff_of
from classroom.joining.rules.tickets import Ticket
from classroom.roster.models import Enrolment
from classroom.study.models import StudyClass, StudyLearner
from classroom.study.queries.my_progress import MyStudy, my_study


@dataclass(frozen=True, kw_only=True)
class MyClass:
    """All that the learner's page of a class shows."""

    training_class: TrainingClass
    enrolment: Enrolment
    study: MyStudy
    staff: list[Member]
    enrolled: int


def my_classes(session: Session, *, account_id: UUID, args: Mapping[str, Any]) -> dict[str, Any]:
    """A numbered page of the classes that the account has joined: first those that are not graduated yet, then the
    latest first."""
    select = (
        sa.select(TrainingClass, Enrolment, StudyLearner, StudyClass)
        .join(Enrolment, Enrolment.class_id == TrainingClass.id)
        .join(StudyLearner, StudyLearner.enrolment_id == Enrolment.id)
        .join(StudyClass, StudyClass.class_id == TrainingClass.id)
        .where(Enrolment.account_id == account_id)
        .order_by(TrainingClass.state == "graduated", Enrolment.joined_at.desc(), Enrolment.id)
    )
    return paginate(session, select, dict(args))


def my_class(session: Session, *, account_id: UUID, class_id: UUID, now: datetime) -> MyClass:
    """The page of one class that the account has joined. Raises ClassNotFound for any other."""
    training_class, enrolment = my_enrolment(session, account_id=account_id, class_id=class_id)
    study = my_study(session, class_id=class_id, account_id=account_id, now=now)
    if study is None:
        raise ClassNotFound
    return MyClass(
        training_class=training_class,
        enrolment=enrolment,
        study=study,
        staff=staff_of(session, class_ids=[class_id])[class_id],
        enrolled=training_class.enrolled,
    )


def my_enrolment(session: Session, *, account_id: UUID, class_id: UUID) -> tuple[TrainingClass, Enrolment]:
    """The class and the enrolment with which the account has joined it. Raises ClassNotFound."""
    found = session.execute(
        sa.select(TrainingClass, Enrolment)
        .join(Enrolment, Enrolment.class_id == TrainingClass.id)
        .where(TrainingClass.id == class_id, Enrolment.account_id == account_id)
    ).one_or_none()
    if found is None:
        raise ClassNotFound
    return found[0], found[1]


def ticket_of(training_class: TrainingClass, enrolment: Enrolment) -> Ticket:
    """What the enrolment's ticket says at this moment."""
    assert enrolment.account_id is not None
    return Ticket(
        account_id=enrolment.account_id,
        enrolment_id=enrolment.id,
        learner_name=enrolment.name,
        class_id=training_class.id,
        provider_id=training_class.provider_id,
        package_id=training_class.package_id,
        package_version=training_class.package_version,
        policy_version=training_class.policy_version,
        epoch=training_class.epoch,
    )
