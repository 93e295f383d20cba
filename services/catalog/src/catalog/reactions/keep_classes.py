"""classroom.class.changed.v1: which classes are open, and in which epoch."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import bus
import sqlalchemy as sa
from bus import Event
from chassis.db import upsert_many
from sqlalchemy.orm import Session

from catalog.models import KnownClass


def keep_classes(session: Session, events: Sequence[Event]) -> None:
    """Keep the newest state of each class."""
    rows = [_row(event) for event in bus.latest(events)]
    upsert_many(session, KnownClass, rows, key="class_id", version="sequence")
    session.expire_all()


def forget_classes(session: Session) -> None:
    """Empty the projection, for a rebuild."""
    session.execute(sa.delete(KnownClass))


def _row(event: Event) -> dict[str, object]:
    data = event.data
    return {
        "class_id": UUID(data["class_id"]),
        "state": data["state"],
        "epoch": data["epoch"],
        "sequence": event.sequence,
    }
