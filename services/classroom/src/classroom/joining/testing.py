"""Builders for tests of joining: an open class with its roster, also as study knows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.clock import shanghai_day
from chassis.ids import new_id
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.models import Application, TrainingClass
from classroom.classes.rules.applications import ApplicationState
from classroom.classes.rules.applications import Kind as ApplicationKind
from classroom.classes.rules.states import ClassState
from classroom.roster.models import DocumentCipher, Enrolment
from classroom.roster.rules.document_numbers import tidy_number
from classroom.roster.rules.names import name_key, tidy_name
from classroom.study.actions.add_learner import add_learner
from classroom.study.actions.change_class import close_class
from classroom.study.models import StudyLearner
from classroom.study.testing import NO_SUPERVISION, open_documents, studied_class


def open_training_class(
    session: Session,
    *,
    now: datetime,
    package: dict[str, Any] | None,
    password: str = "438611",
    provider_id: UUID | None = None,
    exam: bool = False,
    **supervision: Any,
) -> TrainingClass:
    """A class that opened today for a week, here and in study; with an exam of three times fifteen minutes."""
    start = shanghai_day(now)
    opened = TrainingClass(
        id=new_id(),
        provider_id=provider_id or new_id(),
        dealer_id=new_id(),
        type="vocational_skill",
        state=ClassState.OPEN.value,
        name="某企业某岗位第几班",
        start_day=start,
        end_day=start + timedelta(days=6),
        planned_headcount=50,
        province="北京市",
        city="北京市",
        district="朝阳区",
        category_id=new_id(),
        announcement="每天上课前线上签到。",
        recorded=package is not None,
        package_id=UUID(package["package_id"]) if package else None,
        package_version=package["version"] if package else None,
        supervision={**NO_SUPERVISION, **supervision},
        exam_opens_at=now if exam else None,
        exam_closes_at=now + timedelta(days=5) if exam else None,
        exam_attempts=3 if exam else None,
        exam_minutes=15 if exam else None,
        class_password=password,
        opened_at=now,
        created_at=now,
        updated_at=now,
    )
    session.add(opened)
    session.flush()
    studied_class(
        session, now=now, package=package, class_id=opened.id, provider_id=opened.provider_id, **supervision
    )
    return opened


def enrol(
    session: Session,
    *,
    training_class: TrainingClass,
    cipher: DocumentCipher,
    name: str,
    number: str,
    now: datetime,
) -> Enrolment:
    """A person on the roster, not joined yet."""
    enrolment_id = new_id()
    enrolment = Enrolment(
        id=enrolment_id,
        class_id=training_class.id,
        name=tidy_name(name),
        name_key=name_key(name),
        contact="13800138000",
        document_type="passport",
        document_sealed=cipher.seal(tidy_number(number), enrolment_id=enrolment_id),
        document_index=cipher.index(tidy_number(number)),
        sex="male",
        created_at=now,
        updated_at=now,
    )
    session.add(enrolment)
    training_class.enrolled += 1
    session.flush()
    return enrolment


def joined(session: Session, *, enrolment: Enrolment, actor: Actor, now: datetime) -> StudyLearner:
    """The enrolment, joined by the actor's account, with an item ticket for each document."""
    enrolment.account_id, enrolment.account_name, enrolment.joined_at = actor.account_id, actor.name, now
    session.flush()
    who = add_learner(
        session,
        class_id=enrolment.class_id,
        enrolment_id=enrolment.id,
        account_id=actor.account_id,
        now=now,
    )
    open_documents(session, who=who, now=now)
    return who


def graduation_applied(
    session: Session, *, training_class: TrainingClass, now: datetime, epoch: int = 1
) -> Application:
    """The class as it is after a graduation application: closed, waiting to be counted."""
    application = Application(
        id=new_id(),
        class_id=training_class.id,
        kind=ApplicationKind.GRADUATION.value,
        state=ApplicationState.COUNTING.value,
        provider_id=training_class.provider_id,
        dealer_id=training_class.dealer_id,
        prepared_by=new_id(),
        prepared_by_name="王五",
        submitted_by=new_id(),
        submitted_by_name="王五",
        submitted_at=now,
        planned_headcount=training_class.planned_headcount,
        epoch=epoch,
        created_at=now,
        updated_at=now,
    )
    session.add(application)
    training_class.state, training_class.epoch = ClassState.GRADUATION_REVIEW.value, epoch
    session.flush()
    close_class(session, class_id=training_class.id, epoch=epoch, now=now)
    return application
