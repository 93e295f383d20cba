"""The reviewers' queue and a class's own applications."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.models import Application, ReviewDecision, TrainingClass
from classroom.classes.queries.find_classes import provider_names
from classroom.classes.queries.reach import reachable_applications
from classroom.classes.rules.applications import PENDING, ApplicationState


def find_applications(
    *,
    actor: Actor,
    state: str | None = None,
    kind: str | None = None,
    provider_id: uuid.UUID | None = None,
    text: str | None = None,
    waiting: bool = False,
) -> sa.Select:
    """Submitted applications within reach. `waiting`: only those whose due review is the actor's own."""
    select = (
        sa.select(Application)
        .join(TrainingClass, TrainingClass.id == Application.class_id)
        .where(reachable_applications(actor=actor), Application.submitted_at.is_not(None))
    )
    if state is not None:
        select = select.where(Application.state == state)
    if kind is not None:
        select = select.where(Application.kind == kind)
    if provider_id is not None:
        select = select.where(Application.provider_id == provider_id)
    if text:
        select = select.where(TrainingClass.name.icontains(text, autoescape=True))
    if waiting:
        select = select.where(_due(actor))
    return select


def _due(actor: Actor) -> sa.ColumnElement[bool]:
    due: list[sa.ColumnElement[bool]] = []
    if actor.has("account_manager"):
        mine = Application.dealer_id == actor.dealer_id
        due.append((Application.state == ApplicationState.FIRST_REVIEW) & mine)
    if actor.has("platform_reviewer"):
        due.append(Application.state == ApplicationState.SECOND_REVIEW)
    not_own = sa.and_(
        Application.prepared_by != actor.account_id, Application.submitted_by != actor.account_id
    )
    return sa.or_(sa.false(), *due) & not_own


def current_application(session: Session, *, class_id: uuid.UUID) -> Application | None:
    """The class's newest application that still means something: pending, else the last submitted one."""
    pending = Application.state.in_([each.value for each in PENDING])
    select = (
        sa.select(Application)
        .where(Application.class_id == class_id, pending | Application.submitted_at.is_not(None))
        .order_by(Application.id.desc())
        .limit(1)
    )
    return session.scalar(select)


def pending_application(session: Session, *, class_id: uuid.UUID) -> Application | None:
    """The one application of the class that has not ended."""
    states = [each.value for each in PENDING]
    select = sa.select(Application).where(Application.class_id == class_id, Application.state.in_(states))
    return session.scalar(select)


def opening_of(session: Session, *, class_id: uuid.UUID) -> Application | None:
    """The approved opening: its figures stand beside the bill (K28)."""
    select = sa.select(Application).where(
        Application.class_id == class_id, Application.kind == "opening", Application.state == "approved"
    )
    return session.scalar(select)


def as_rows(session: Session, *, applications: Sequence[Application]) -> list[dict[str, Any]]:
    """The applications with their class, provider's name and decisions, in few statements."""
    classes = _classes(session, {each.class_id for each in applications})
    decisions = _decisions(session, [each.id for each in applications])
    names = provider_names(session, provider_ids={each.provider_id for each in applications})
    return [
        {
            "application": each,
            "training_class": classes[each.class_id],
            "provider_name": names.get(each.provider_id, "--"),
            "decisions": decisions.get(each.id, []),
        }
        for each in applications
    ]


def _classes(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, TrainingClass]:
    select = sa.select(TrainingClass).where(TrainingClass.id.in_(list(ids)))
    return {each.id: each for each in session.scalars(select)}


def _decisions(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[ReviewDecision]]:
    select = (
        sa.select(ReviewDecision)
        .where(ReviewDecision.application_id.in_(ids))
        .order_by(ReviewDecision.decided_at, ReviewDecision.id)
    )
    found: dict[uuid.UUID, list[ReviewDecision]] = {}
    for each in session.scalars(select):
        found.setdefault(each.application_id, []).append(each)
    return found
