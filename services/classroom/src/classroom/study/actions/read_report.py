"""What a batch of reports is judged by: one statement on PostgreSQL, three or four on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from classroom.study.actions import report_statements as statements
from classroom.study.actions.report_in_one import HOLD, READ_ALL
from classroom.study.models import StudyState
from classroom.study.rules.reporting import Verdict
from classroom.study.rules.study_time import day_of


@dataclass(frozen=True, kw_only=True)
class Found:
    """The session with its class as one row, the reported items with their progress and their play in this session,
    the verdicts that the reports have had already, and the video seconds of the session's days where a daily limit asks
    for them."""

    taken: Any
    items: Sequence[Any]
    answered: Mapping[UUID, Verdict]
    video_by_day: Mapping[date, int]


def read(
    session: Session, *, session_id: UUID, account_id: UUID, item_ids: list[UUID], report_ids: list[UUID]
) -> Found | None:
    """None when there is no such session of this account."""
    connection = session.connection()
    wanted = {"session_id": session_id, "account_id": account_id}
    if connection.dialect.name != "postgresql":
        taken = connection.execute(statements.FIND_SESSION, wanted).one_or_none()
        return None if taken is None else _one_by_one(session, taken, item_ids, report_ids)
    asked = {**wanted, "item_ids": item_ids, "report_ids": report_ids}
    rows = connection.exec_driver_sql(READ_ALL, asked).all()
    if not rows:
        return None
    return Found(
        taken=rows[0],
        items=[row for row in rows if row.item_id is not None],
        answered=_by_id(
            (UUID(report_id), UUID(item_id), seconds, reason)
            for report_id, item_id, seconds, reason in rows[0].answered or ()
        ),
        video_by_day={
            date.fromisoformat(day): seconds for day, seconds in (rows[0].video_by_day or {}).items()
        },
    )


def hold(session: Session, *, session_id: UUID) -> None:
    """From here on nobody else changes the session, and nobody closes its class (PostgreSQL; on SQLite whoever
    writes is alone anyway)."""
    session.connection().exec_driver_sql(HOLD, {"session_id": session_id})


def _one_by_one(session: Session, taken: Any, item_ids: list[UUID], report_ids: list[UUID]) -> Found:
    connection = session.connection()
    wanted = {"enrolment_id": taken.enrolment_id, "class_id": taken.class_id, "session_id": taken.id}
    items = connection.execute(statements.FIND_ITEMS, {**wanted, "item_ids": item_ids}).all()
    known = connection.execute(
        statements.FIND_VERDICTS, {"session_id": taken.id, "report_ids": report_ids}
    ).tuples()
    answered = _by_id(known)
    if taken.daily_video_seconds is None or taken.state != StudyState.OPEN:
        return Found(taken=taken, items=items, answered=answered, video_by_day={})
    asked = {"enrolment_id": taken.enrolment_id, "first_day": day_of(taken.opened_ms)}
    days = connection.execute(statements.FIND_DAYS, asked)
    return Found(
        taken=taken,
        items=items,
        answered=answered,
        video_by_day={row.day: row.video_seconds for row in days},
    )


def _by_id(rows: Iterable[tuple[UUID, UUID, int, str | None]]) -> dict[UUID, Verdict]:
    return {
        report_id: Verdict(report_id=report_id, item_id=item_id, credited_seconds=seconds, reason=reason)
        for report_id, item_id, seconds, reason in rows
    }
