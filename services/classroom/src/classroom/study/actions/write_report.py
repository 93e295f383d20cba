"""What a judged batch of reports changes in the tables: five statements at most, whatever its size."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.db import UtcDateTime, insert
from sqlalchemy.orm import Session

from classroom.study.models import ItemProgress, StudyDay, StudyLearner, StudyPlay, StudySession
from classroom.study.rules.completion import Kind
from classroom.study.rules.intervals import Spans, measure
from classroom.study.rules.reporting import ItemState, Ledger, newly_complete


def write(
    session: Session,
    *,
    study_session: StudySession,
    before: Mapping[UUID, ItemState],
    ledger: Ledger,
    item_count: int,
    now: datetime,
) -> None:
    """Writes what became true. The session's row is held, so that nobody else writes this learner's items."""
    completed = newly_complete(before, ledger.items)
    gained = sum(ledger.gained.values())
    if ledger.attended:
        _write_progress(session, study_session, before, ledger, now)
        _write_plays(session, study_session, ledger, now)
        count_towards_finish(
            session,
            enrolment_id=study_session.enrolment_id,
            completed=len(completed),
            seconds=gained,
            item_count=item_count,
            now=now,
        )
    if ledger.gained_by_day:
        _write_days(session, study_session, ledger)
    study_session.passes = as_lists(ledger.clock.passes)
    study_session.used = as_lists(ledger.clock.used)
    study_session.until_ms = ledger.clock.until
    study_session.credited_seconds += gained
    session.flush()


def count_towards_finish(
    session: Session, *, enrolment_id: UUID, completed: int, seconds: int, item_count: int, now: datetime
) -> None:
    """Adds to a learner's figures; whoever completes the last item has finished (K19)."""
    complete_items = StudyLearner.complete_items + completed
    finished = sa.case(
        (
            StudyLearner.finished_at.is_(None) & (complete_items >= item_count),
            sa.literal(now, UtcDateTime()),
        ),
        else_=StudyLearner.finished_at,
    )
    session.execute(
        sa.update(StudyLearner)
        .where(StudyLearner.enrolment_id == enrolment_id)
        .values(
            complete_items=complete_items,
            learned_seconds=StudyLearner.learned_seconds + seconds,
            finished_at=finished,
            last_study_at=now,
        )
        .execution_options(synchronize_session=False)
    )


def as_lists(spans: Spans) -> list[list[int]]:
    """A set of intervals as JSON keeps it."""
    return [[start, end] for start, end in spans]


def _write_progress(
    session: Session,
    study_session: StudySession,
    before: Mapping[UUID, ItemState],
    ledger: Ledger,
    now: datetime,
) -> None:
    statement = insert(session, ItemProgress).values(
        [
            {
                "enrolment_id": study_session.enrolment_id,
                "item_id": item_id,
                "length_seconds": ledger.items[item_id].length,
                "seconds": measure(ledger.items[item_id].watched),
                "watched": as_lists(ledger.items[item_id].watched),
                "first_at": now,
                "last_at": now,
                "complete_at": now if ledger.items[item_id].complete else None,
            }
            for item_id in ledger.attended
        ]
    )
    given = statement.excluded
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["enrolment_id", "item_id"],
            set_={
                "seconds": given.seconds,
                "watched": given.watched,
                "last_at": given.last_at,
                "complete_at": sa.func.coalesce(ItemProgress.complete_at, given.complete_at),
            },
        )
    )


def _write_plays(session: Session, study_session: StudySession, ledger: Ledger, now: datetime) -> None:
    statement = insert(session, StudyPlay).values(
        [
            {
                "session_id": study_session.id,
                "item_id": item_id,
                "enrolment_id": study_session.enrolment_id,
                "started_at": now,
                "last_at": now,
                "from_seconds": span[0],
                "to_seconds": max(span),
                "credited_seconds": ledger.gained.get(item_id, 0),
            }
            for item_id, span in ledger.attended.items()
        ]
    )
    given = statement.excluded
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["session_id", "item_id"],
            set_={
                "last_at": given.last_at,
                "from_seconds": _lesser(StudyPlay.from_seconds, given.from_seconds),
                "to_seconds": _greater(StudyPlay.to_seconds, given.to_seconds),
                "credited_seconds": StudyPlay.credited_seconds + given.credited_seconds,
            },
        )
    )


def _write_days(session: Session, study_session: StudySession, ledger: Ledger) -> None:
    days = sorted({day for day, _ in ledger.gained_by_day})
    statement = insert(session, StudyDay).values(
        [
            {
                "enrolment_id": study_session.enrolment_id,
                "day": day,
                "class_id": study_session.class_id,
                "video_seconds": ledger.gained_by_day.get((day, Kind.VIDEO), 0),
                "document_seconds": ledger.gained_by_day.get((day, Kind.DOCUMENT), 0),
            }
            for day in days
        ]
    )
    given = statement.excluded
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["enrolment_id", "day"],
            set_={
                "video_seconds": StudyDay.video_seconds + given.video_seconds,
                "document_seconds": StudyDay.document_seconds + given.document_seconds,
            },
        )
    )


def _lesser(left: Any, right: Any) -> sa.ColumnElement[int]:
    return sa.case((left <= right, left), else_=right)


def _greater(left: Any, right: Any) -> sa.ColumnElement[int]:
    return sa.case((left >= right, left), else_=right)
