"""Writing the audit log (X11), beside every change and in its transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from chassis.web import Actor
from chassis.web.fields import moment_text
from sqlalchemy.orm import Session

from classroom.classes.models import AuditEntry, TrainingClass

SYSTEM = "系统"


def write_audit(
    session: Session,
    *,
    training_class: TrainingClass,
    actor: Actor | None,
    action: str,
    summary: str,
    changes: Mapping[str, Any] | None = None,
    now: datetime,
) -> None:
    """Say that `actor` (None: another service's event) did `action`. `summary` is Chinese and has no
    document number in it; `changes` is field → [before, after]."""
    session.add(
        AuditEntry(
            class_id=training_class.id,
            class_name=training_class.name,
            provider_id=training_class.provider_id,
            at=now,
            actor_id=None if actor is None else actor.account_id,
            actor_name=SYSTEM if actor is None else actor.name,
            action=action,
            summary=summary[:300],
            changes=dict(changes or {}),
        )
    )
    session.flush()


def assign(target: Any, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the attributes of a row; returns field → [before, after] of those that changed, for the audit log."""
    changes: dict[str, list[Any]] = {}
    for field, value in values.items():
        before = getattr(target, field)
        if before != value:
            setattr(target, field, value)
            changes[field] = [_plain(before), _plain(value)]
    return changes


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value
