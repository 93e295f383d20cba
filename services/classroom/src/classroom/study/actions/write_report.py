"""What a judged batch of reports changes in the tables: one statement on PostgreSQL, at most five on SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from classroom.study.actions import report_statements as statements
from classroom.study.actions.report_in_one import WRITE_ALL
from classroom.study.rules.completion import Kind
from classroom.study.rules.intervals import Spans, measure
from classroom.study.rules.reporting import ItemState, Ledger, newly_complete


def write(
    session: Session, *, taken: Any, known: Mapping[UUID, ItemState], ledger: Ledger, now: datetime
) -> bool:
    """Writes what became true of ``taken``, the row of the session and its class. False, with nothing written, when
    somebody else has changed the session since it was read, or closed its class.

    Everybody who writes this learner's videos and documents changes the session as well, and holds it until then.
    """
    connection = session.connection()
    completed = len(newly_complete(known, ledger.items))
    if connection.dialect.name == "postgresql":
        done = connection.exec_driver_sql(WRITE_ALL, _in_one(taken, ledger, completed, now))
        return done.rowcount == 1
    _one_by_one(session, taken, ledger, completed, now)
    return True


def _in_one(taken: Any, ledger: Ledger, completed: int, now: datetime) -> dict[str, Any]:
    return {
        "session_id": taken.id,
        "seen": taken.seen,
        "moment": now,
        "progress": _json(
            {**row, "complete": row["complete_at"] is not None} for row in _progress(taken, ledger, now)
        ),
        "plays": _json(_plays(taken, ledger, now)),
        "days": _json(_days(taken, ledger)),
        "attended": bool(ledger.attended),
        "completed": completed,
        "gained": sum(ledger.gained.values()),
        "item_count": taken.item_count,
        "passes": _json(as_lists(ledger.clock.passes)),
        "used": _json(as_lists(ledger.clock.used)),
        "until_ms": ledger.clock.until,
    }


def _one_by_one(session: Session, taken: Any, ledger: Ledger, completed: int, now: datetime) -> None:
    connection, gained = session.connection(), sum(ledger.gained.values())
    if ledger.attended:
        connection.execute(statements.UPSERT_PROGRESS, _progress(taken, ledger, now))
        connection.execute(statements.UPSERT_PLAYS, _plays(taken, ledger, now))
        count_towards_finish(
            session,
            enrolment_id=taken.enrolment_id,
            completed=completed,
            seconds=gained,
            item_count=taken.item_count,
            now=now,
        )
    if ledger.gained_by_day:
        connection.execute(statements.UPSERT_DAYS, _days(taken, ledger))
    connection.execute(
        statements.UPDATE_SESSION,
        {
            "session_id": taken.id,
            "new_passes": as_lists(ledger.clock.passes),
            "new_used": as_lists(ledger.clock.used),
            "new_until_ms": ledger.clock.until,
            "gained": gained,
        },
    )


def count_towards_finish(
    session: Session, *, enrolment_id: UUID, completed: int, seconds: int, item_count: int, now: datetime
) -> None:
    """Adds to a learner's figures; whoever completes the last item has finished (K19)."""
    session.connection().execute(
        statements.COUNT_TOWARDS_FINISH,
        {
            "learner_id": enrolment_id,
            "completed": completed,
            "gained": seconds,
            "item_count": item_count,
            "moment": now,
        },
    )


def as_lists(spans: Spans) -> list[list[int]]:
    """A set of intervals as JSON keeps it."""
    return [[start, end] for start, end in spans]


def _json(rows: Iterable[Any]) -> str:
    return json.dumps(list(rows), default=str, separators=(",", ":"))


def _progress(taken: Any, ledger: Ledger, now: datetime) -> list[dict[str, Any]]:
    found = (ledger.items[item_id] for item_id in ledger.attended)
    return [
        {
            "enrolment_id": taken.enrolment_id,
            "item_id": item.item_id,
            "length_seconds": item.length,
            "seconds": measure(item.watched),
            "watched": as_lists(item.watched),
            "first_at": now,
            "last_at": now,
            "complete_at": now if item.complete else None,
        }
        for item in found
    ]


def _plays(taken: Any, ledger: Ledger, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "session_id": taken.id,
            "item_id": item_id,
            "enrolment_id": taken.enrolment_id,
            "started_at": now,
            "last_at": now,
            "from_seconds": span[0],
            "to_seconds": max(span),
            "credited_seconds": ledger.gained.get(item_id, 0),
        }
        for item_id, span in ledger.attended.items()
    ]


def _days(taken: Any, ledger: Ledger) -> list[dict[str, Any]]:
    return [
        {
            "enrolment_id": taken.enrolment_id,
            "day": day,
            "class_id": taken.class_id,
            "video_seconds": ledger.gained_by_day.get((day, Kind.VIDEO), 0),
            "document_seconds": ledger.gained_by_day.get((day, Kind.DOCUMENT), 0),
        }
        for day in sorted({day for day, _ in ledger.gained_by_day})
    ]
