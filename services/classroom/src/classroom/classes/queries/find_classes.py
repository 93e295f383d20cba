"""The list of classes (班级管理) with its filters."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.models import KnownProvider, TrainingClass
from classroom.classes.queries.reach import reachable_classes
from classroom.classes.queries.staff import staff_of
from classroom.classes.rules.class_types import CLASS_TYPES
from classroom.classes.rules.states import STATE_LABELS, audited
from classroom.roster.models import Enrolment


def find_classes(
    *,
    actor: Actor,
    state: str | None = None,
    type: str | None = None,
    text: str | None = None,
    from_day: date | None = None,
    to_day: date | None = None,
) -> sa.Select:
    """The classes within reach, newest first: whose name or supervision number has `text`, and which run on
    some day between `from_day` and `to_day`."""
    select = sa.select(TrainingClass).where(reachable_classes(actor=actor))
    if state is not None:
        select = select.where(TrainingClass.state == state)
    if type is not None:
        select = select.where(TrainingClass.type == type)
    if text:
        named = TrainingClass.name.icontains(text, autoescape=True)
        select = select.where(named | TrainingClass.supervision_number.icontains(text, autoescape=True))
    if from_day is not None:
        select = select.where(TrainingClass.end_day >= from_day)
    if to_day is not None:
        select = select.where(TrainingClass.start_day <= to_day)
    return select.order_by(TrainingClass.id.desc())


def as_rows(session: Session, *, classes: Sequence[TrainingClass], actor: Actor) -> list[dict[str, Any]]:
    """The classes with what the list shows beside them, in three statements however many they are."""
    ids = [each.id for each in classes]
    joined, staff = joined_counts(session, class_ids=ids), staff_of(session, class_ids=ids)
    providers = provider_names(session, provider_ids={each.provider_id for each in classes})
    return [
        {
            "training_class": each,
            "joined": joined.get(each.id, 0),
            "staff": staff[each.id],
            "provider_name": providers.get(each.provider_id, "--"),
            "type_label": CLASS_TYPES[each.class_type].label,
            "state_label": STATE_LABELS[each.class_state],
            "audited": audited(state=each.class_state),
            "class_password": each.class_password if actor.provider_id == each.provider_id else None,
        }
        for each in classes
    ]


def joined_counts(session: Session, *, class_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Class → how many of its roster have joined; classes with nobody are left out."""
    select = (
        sa.select(Enrolment.class_id, sa.func.count())
        .where(Enrolment.class_id.in_(list(class_ids)), Enrolment.account_id.is_not(None))
        .group_by(Enrolment.class_id)
    )
    return dict(session.execute(select).tuples().all())


def provider_names(session: Session, *, provider_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Provider → its name."""
    select = sa.select(KnownProvider.provider_id, KnownProvider.name).where(
        KnownProvider.provider_id.in_(list(provider_ids))
    )
    return dict(session.execute(select).tuples().all())
