"""The projections of classes and enrolments."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from chassis.db import insert
from sqlalchemy.orm import Session

from supervision.models import ClassLearner, ClassPolicy


def keep_policies(session: Session, states: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Keep the newest state of each class, as (version, data); an older one changes nothing."""
    _upsert(session, ClassPolicy, "class_id", [_policy(version, data) for version, data in states])


def keep_learners(session: Session, states: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Keep the newest state of each enrolment, as (version, data); an older one changes nothing."""
    _upsert(session, ClassLearner, "enrolment_id", [_learner(version, data) for version, data in states])


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


def _upsert(session: Session, model: type[Any], key: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    statement = insert(session, model).values(rows)
    statement = statement.on_conflict_do_update(
        index_elements=[key],
        set_={name: statement.excluded[name] for name in rows[0] if name != key},
        where=model.version < statement.excluded.version,
    )
    session.execute(statement)
    session.expire_all()
