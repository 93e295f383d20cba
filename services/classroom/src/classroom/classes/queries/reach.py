"""Whose classes and applications somebody reaches. What is out of reach does not exist for them.

Actors come here with only those of their roles that the operation allows (`classroom.api.acting`): an account
that is registrar of one provider and account manager of a dealer must not mix the two.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from chassis.errors import NotFound
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.models import Application, ClassStaff, TrainingClass
from classroom.classes.rules.states import ClassState

PROVIDER_WIDE = frozenset({"provider_admin", "registrar", "business_manager"})
ASSIGNED = frozenset({"class_teacher", "assistant"})
PLATFORM = frozenset({"platform_reviewer", "platform_admin"})


class ClassNotFound(NotFound):
    """No such class, or not one of yours."""

    code = "classroom.class.not_found"
    title = "班级不存在"
    next_step = "请返回班级列表刷新后重试。"


class ApplicationNotFound(NotFound):
    """No such application, or not one of yours."""

    code = "classroom.application.not_found"
    title = "申请不存在"
    next_step = "请返回列表刷新后重试。"


def reachable_classes(*, actor: Actor) -> sa.ColumnElement[bool]:
    """The condition on training_classes: own provider's, assigned ones, the dealer's, or all of the platform.

    A draft is its provider's own affair.
    """
    ways: list[sa.ColumnElement[bool]] = [sa.false()]
    submitted = TrainingClass.state != ClassState.DRAFT
    if actor.provider_id is not None:
        own = TrainingClass.provider_id == actor.provider_id
        if actor.roles & PROVIDER_WIDE:
            ways.append(own)
        elif actor.roles & ASSIGNED:
            ways.append(own & TrainingClass.id.in_(_assigned(actor.account_id)))
    if actor.dealer_id is not None and actor.has("account_manager"):
        ways.append(submitted & (TrainingClass.dealer_id == actor.dealer_id))
    if actor.roles & PLATFORM:
        ways.append(submitted)
    return sa.or_(*ways)


def reachable_applications(*, actor: Actor) -> sa.ColumnElement[bool]:
    """The condition on applications (joined with their classes).

    Reviewers see what was submitted to them, also after it was rejected and the class is a draft again.
    """
    ways: list[sa.ColumnElement[bool]] = [reachable_classes(actor=_within_provider(actor))]
    submitted = Application.submitted_at.is_not(None)
    if actor.dealer_id is not None and actor.has("account_manager"):
        ways.append(submitted & (Application.dealer_id == actor.dealer_id))
    if actor.roles & PLATFORM:
        ways.append(submitted)
    return sa.or_(*ways)


def get_class(session: Session, *, actor: Actor, class_id: uuid.UUID, lock: bool = False) -> TrainingClass:
    """The class, if within reach; with `lock` FOR UPDATE and freshly read. Raises ClassNotFound."""
    select = sa.select(TrainingClass).where(TrainingClass.id == class_id, reachable_classes(actor=actor))
    if lock:
        select = select.with_for_update(of=TrainingClass).execution_options(populate_existing=True)
    found = session.scalar(select)
    if found is None:
        raise ClassNotFound
    return found


def get_application(session: Session, *, actor: Actor, application_id: uuid.UUID) -> Application:
    """The application, if within reach. Raises ApplicationNotFound."""
    select = (
        sa.select(Application)
        .join(TrainingClass, TrainingClass.id == Application.class_id)
        .where(Application.id == application_id, reachable_applications(actor=actor))
    )
    found = session.scalar(select)
    if found is None:
        raise ApplicationNotFound
    return found


def _assigned(account_id: uuid.UUID) -> sa.Select:
    return sa.select(ClassStaff.class_id).where(ClassStaff.account_id == account_id)


def _within_provider(actor: Actor) -> Actor:
    return Actor(
        account_id=actor.account_id,
        name=actor.name,
        roles=actor.roles & (PROVIDER_WIDE | ASSIGNED),
        provider_id=actor.provider_id,
    )
