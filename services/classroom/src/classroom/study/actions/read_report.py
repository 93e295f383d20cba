"""What a batch of reports is judged by: one statement on PostgreSQL, two or three on SQLite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from classroom.study.actions import report_statements as statements
from classroom.study.actions.report_in_one import HOLD, READ_ALL
from classroom.study.models import StudyState
from classroom.study.rules.study_time import day_of


@dataclass(frozen=True, kw_only=True)
class Found:
    """The session with its class as one row, the reported items with their progress, and the video seconds of the
    session's days where a daily limit asks for them."""

    taken: Any
    items: Sequence[Any]
    video_by_day: Mapping[date, int]


def read(session: Session, *, session_id: UUID, account_id: UUID, item_ids: list[UUID]) -> Found | None:
    """None when there is no such session of this account."""
    connection = session.connection()
    wanted = {"session_id": session_id, "account_id": account_id}
    if connection.dialect.name != "postgresql":
        taken = connection.execute(statements.FIND_SESSION, wanted).one_or_none()
        return None if taken is None else _one_by_one(session, taken, item_ids)
    rows = connection.exec_driver_sql(READ_ALL, {**wanted, "item_ids": item_ids}).all()
    if not rows:
        return None
    return Found(
        taken=rows[0],
        items=[row for row in rows if row.item_id is not None],
        video_by_day={
            date.fromisoformat(day): seconds for day, seconds in (rows[0].video_by_day or {}).items()
        },
    )


def hold(session: Session, *, session_id: UUID) -> None:
    """From here on nobody else changes the session, and nobody closes its class (PostgreSQL; on SQLite whoever
    writes is alone anyway)."""
    session.connection().exec_driver_sql(HOLD, {"session_id": session_id})


def _one_by_one(session: Session, taken: Any, item_ids: list[UUID]) -> Found:
    wanted = {"enrolment_id": taken.enrolment_id, "class_id": taken.class_id, "item_ids": item_ids}
    items = session.connection().execute(statements.FIND_ITEMS, wanted).all()
    if taken.daily_video_seconds is None or taken.state != StudyState.OPEN:
        return Found(taken=taken, items=items, video_by_day={})
    asked = {"enrolment_id": taken.enrolment_id, "first_day": day_of(taken.opened_ms)}
    days = session.connection().execute(statements.FIND_DAYS, asked)
    return Found(taken=taken, items=items, video_by_day={row.day: row.video_seconds for row in days})
