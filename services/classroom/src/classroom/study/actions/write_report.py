"""What a judged batch of reports changes in the tables: one statement on PostgreSQL, at most six on SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from classroom.study.actions import report_statements as statements
from classroom.study.actions.read_report import Found
from classroom.study.actions.report_in_one import WRITE_ALL
from classroom.study.rules.completion import Kind
from classroom.study.rules.intervals import Spans, measure, union
from classroom.study.rules.reporting import ItemState, Ledger, newly_complete


def write(
    session: Session, *, found: Found, known: Mapping[UUID, ItemState], ledger: Ledger, now: datetime
) -> bool:
    """Writes what became true of the session that was found. False, with nothing written, when somebody else has
    changed the session since it was read, or closed its class.

    Everybody who writes this learner's videos and documents changes the session as well, and holds it until then.
    """
    connection = session.connection()
    changes = _changes(found, known, ledger, now)
    if connection.dialect.name == "postgresql":
        done = connection.exec_driver_sql(WRITE_ALL, _in_one(found.taken, changes, ledger, now))
        return done.rowcount == 1
    _one_by_one(session, found.taken, changes, ledger, now)
    return True


@dataclass(frozen=True, kw_only=True)
class _Changes:
    """The rows that a batch of reports makes or changes, and what it adds to the learner's figures."""

    progress: list[dict[str, Any]]
    plays: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    days: list[dict[str, Any]]
    completed: int
    gained: int


def _changes(found: Found, known: Mapping[UUID, ItemState], ledger: Ledger, now: datetime) -> _Changes:
    return _Changes(
        progress=_progress(found.taken, known, ledger, now),
        plays=_plays(found, ledger, now),
        reports=_reports(found.taken, ledger),
        days=_days(found.taken, ledger),
        completed=len(newly_complete(known, ledger.items)),
        gained=sum(map(measure, ledger.gained.values())),
    )


def _in_one(taken: Any, changes: _Changes, ledger: Ledger, now: datetime) -> dict[str, Any]:
    return {
        "session_id": taken.id,
        "seen": taken.seen,
        "moment": now,
        "progress": _json({**row, "complete": row["complete_at"] is not None} for row in changes.progress),
        "plays": _json(changes.plays),
        "reports": _json(changes.reports),
        "days": _json(changes.days),
        "completed": changes.completed,
        "gained": changes.gained,
        "item_count": taken.item_count,
        "passes": _json(as_lists(ledger.clock.passes)),
        "used": _json(as_lists(ledger.clock.used)),
        "until_ms": ledger.clock.until,
    }


def _one_by_one(session: Session, taken: Any, changes: _Changes, ledger: Ledger, now: datetime) -> None:
    connection = session.connection()
    rows = (
        (statements.UPSERT_PROGRESS, changes.progress),
        (statements.UPSERT_PLAYS, changes.plays),
        (statements.INSERT_REPORTS, changes.reports),
        (statements.UPSERT_DAYS, changes.days),
    )
    for statement, given in rows:
        if given:
            connection.execute(statement, given)
    if changes.gained or changes.completed:
        count_towards_finish(
            session,
            enrolment_id=taken.enrolment_id,
            completed=changes.completed,
            seconds=changes.gained,
            item_count=taken.item_count,
            studied=changes.gained > 0,
            now=now,
        )
    connection.execute(
        statements.UPDATE_SESSION,
        {
            "session_id": taken.id,
            "new_passes": as_lists(ledger.clock.passes),
            "new_used": as_lists(ledger.clock.used),
            "new_until_ms": ledger.clock.until,
            "gained": changes.gained,
        },
    )


def count_towards_finish(
    session: Session,
    *,
    enrolment_id: UUID,
    completed: int,
    seconds: int,
    item_count: int,
    studied: bool,
    now: datetime,
) -> None:
    """Adds to a learner's figures; whoever completes the last item has finished (K19).

    ``studied`` says whether this was study, and so the last one (K20).
    """
    session.connection().execute(
        statements.COUNT_TOWARDS_FINISH,
        {
            "learner_id": enrolment_id,
            "completed": completed,
            "gained": seconds,
            "item_count": item_count,
            "studied": studied,
            "moment": now,
        },
    )


def as_lists(spans: Spans) -> list[list[int]]:
    """A set of intervals as JSON keeps it."""
    return [[start, end] for start, end in spans]


def _json(rows: Iterable[Any]) -> str:
    return json.dumps(list(rows), default=str, separators=(",", ":"))


def _progress(
    taken: Any, known: Mapping[UUID, ItemState], ledger: Ledger, now: datetime
) -> list[dict[str, Any]]:
    changed = (item for item in ledger.items.values() if item != known[item.item_id])
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
        for item in changed
    ]


def _plays(found: Found, ledger: Ledger, now: datetime) -> list[dict[str, Any]]:
    """What was credited, and nothing else, is shown as played (K18)."""
    played = {row.item_id: [(start, end) for start, end in row.played or ()] for row in found.items}
    return [
        {
            "session_id": found.taken.id,
            "item_id": item_id,
            "enrolment_id": found.taken.enrolment_id,
            "started_at": now,
            "last_at": now,
            "from_seconds": gained[0][0],
            "to_seconds": gained[-1][1],
            "spans": as_lists(union((*played[item_id], *gained))),
            "credited_seconds": measure(gained),
        }
        for item_id, gained in ledger.gained.items()
    ]


def _reports(taken: Any, ledger: Ledger) -> list[dict[str, Any]]:
    return [
        {
            "session_id": taken.id,
            "report_id": verdict.report_id,
            "item_id": verdict.item_id,
            "credited_seconds": verdict.credited_seconds,
            "reason": verdict.reason,
        }
        for verdict in ledger.verdicts
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
