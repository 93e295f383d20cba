"""The projections of classes and enrolments."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from chassis.db import upsert_many
from sqlalchemy.orm import Session

from supervision.models import ClassLearner, ClassPolicy


def keep_policies(session: Session, states: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Keep the newest state of each class, as (version, data); an older one changes nothing."""
    rows = [_policy(version, data) for version, data in states]
    upsert_many(session, ClassPolicy, rows, key="class_id")
    session.expire_all()


def keep_learners(session: Session, states: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Keep the newest state of each enrolment, as (version, data); an older one changes nothing."""
    rows = [_learner(version, data) for version, data in states]
    upsert_many(session, ClassLearner, rows, key="enrolment_id")
    session.expire_all()


def clear(session: Session, models: Iterable[type[Any]]) -> None:
    """Empty projections before a rebuild."""
    for model in models:
        session.execute(sa.delete(model))


def _policy(version: int, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "class_id": uuid.UUID(data["class_id"]),
        "version": version,
        "provider_id": uuid.UUID(data["provider_id"]),
        "name": data["name"],
        "state": data["state"],
        "epoch": data["epoch"],
        "policy_version": data["policy_version"],
        "start_day": date.fromisoformat(data["start_day"]),
        "end_day": date.fromisoformat(data["end_day"]),
        "real_name": data["supervision"]["real_name"],
        "check_in": data["supervision"]["check_in"],
        "teachers": list(data["teachers"]),
    }


def _learner(version: int, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "enrolment_id": uuid.UUID(data["enrolment_id"]),
        "version": version,
        "class_id": uuid.UUID(data["class_id"]),
        "account_id": uuid.UUID(data["account_id"]) if data["account_id"] else None,
        "name": data["name"],
        "joined_at": datetime.fromisoformat(data["joined_at"]) if data["joined_at"] else None,
        "removed": data["removed"],
    }
