"""The statements of the report path on SQLite, built once per process; on PostgreSQL it is `report_in_one`.

Building and compiling eight statements costs several times what the database needs for them, and this path runs for
every learner every few seconds. So they are plain tables and named parameters here, not entities.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from chassis.db import UtcDateTime, table_of
from sqlalchemy import bindparam
from sqlalchemy.dialects import sqlite

from classroom.study.models import (
    DocumentOpening,
    ItemProgress,
    StudyClass,
    StudyDay,
    StudyItem,
    StudyLearner,
    StudyPlay,
    StudyReport,
    StudySession,
)
from classroom.study.rules.completion import STUDIED

sessions, classes, items = table_of(StudySession), table_of(StudyClass), table_of(StudyItem)
progress, learners = table_of(ItemProgress), table_of(StudyLearner)
plays, days, reports = table_of(StudyPlay), table_of(StudyDay), table_of(StudyReport)
openings = table_of(DocumentOpening)
own, before = progress.alias("own"), progress.alias("before")

FIND_SESSION = (
    sa.select(
        sessions.c.id,
        sessions.c.account_id,
        sessions.c.class_id,
        sessions.c.enrolment_id,
        sessions.c.ended_at,
        sessions.c.opened_ms,
        sessions.c.until_ms,
        sessions.c.passes,
        sessions.c.used,
        classes.c.state,
        classes.c.epoch,
        classes.c.start_day,
        classes.c.end_day,
        classes.c.study_windows,
        classes.c.daily_video_seconds,
        classes.c.item_count,
    )
    .join(classes, classes.c.class_id == sessions.c.class_id)
    .where(sessions.c.id == bindparam("session_id"), sessions.c.account_id == bindparam("account_id"))
)
"""The session and its class; whoever writes on SQLite is alone from its transaction's beginning."""

FIND_ITEMS = (
    sa.select(
        items.c.item_id,
        items.c.kind,
        items.c.seconds,
        items.c.after_item_id,
        own.c.watched,
        own.c.complete_at,
        openings.c.opened_at,
        before.c.complete_at.label("before_complete_at"),
        plays.c.spans.label("played"),
    )
    .outerjoin(own, (own.c.enrolment_id == bindparam("enrolment_id")) & (own.c.item_id == items.c.item_id))
    .outerjoin(
        before,
        (before.c.enrolment_id == bindparam("enrolment_id")) & (before.c.item_id == items.c.after_item_id),
    )
    .outerjoin(
        openings,
        (openings.c.enrolment_id == bindparam("enrolment_id")) & (openings.c.item_id == items.c.item_id),
    )
    .outerjoin(plays, (plays.c.session_id == bindparam("session_id")) & (plays.c.item_id == items.c.item_id))
    .where(
        items.c.class_id == bindparam("class_id"),
        items.c.item_id.in_(bindparam("item_ids", expanding=True)),
        items.c.kind.in_(sorted(STUDIED)),
    )
)
"""The reported items as they stand, each with the item before it (C5)."""

FIND_VERDICTS = sa.select(
    reports.c.report_id, reports.c.item_id, reports.c.credited_seconds, reports.c.reason
).where(
    reports.c.session_id == bindparam("session_id"),
    reports.c.report_id.in_(bindparam("report_ids", expanding=True)),
)
"""The verdicts that reports of a session have had already."""

INSERT_REPORTS = sa.insert(reports)

FIND_DAYS = sa.select(days.c.day, days.c.video_seconds).where(
    days.c.enrolment_id == bindparam("enrolment_id"), days.c.day >= bindparam("first_day")
)
"""Video seconds of the days of a session, for the daily limit (K4)."""

UPDATE_SESSION = (
    sa.update(sessions)
    .where(sessions.c.id == bindparam("session_id"))
    .values(
        passes=bindparam("new_passes"),
        used=bindparam("new_used"),
        until_ms=bindparam("new_until_ms"),
        credited_seconds=sessions.c.credited_seconds + bindparam("gained", type_=sa.BigInteger()),
    )
)

_complete = learners.c.complete_items + bindparam("completed", type_=sa.Integer())
COUNT_TOWARDS_FINISH = (
    sa.update(learners)
    .where(learners.c.enrolment_id == bindparam("learner_id"))
    .values(
        complete_items=_complete,
        learned_seconds=learners.c.learned_seconds + bindparam("gained", type_=sa.Integer()),
        finished_at=sa.case(
            (
                learners.c.finished_at.is_(None) & (_complete >= bindparam("item_count", type_=sa.Integer())),
                bindparam("moment", type_=UtcDateTime()),
            ),
            else_=learners.c.finished_at,
        ),
        last_study_at=sa.case(
            (bindparam("studied", type_=sa.Boolean()), bindparam("moment", type_=UtcDateTime())),
            else_=learners.c.last_study_at,
        ),
    )
)
"""Adds to a learner's figures; whoever completes the last item has finished (K19)."""


def _upsert(table: Any, key: list[str], changes: Callable[[Any], dict[str, Any]]) -> Any:
    """SQLite's; on PostgreSQL `report_in_one` does it."""
    statement = sqlite.insert(table)
    return statement.on_conflict_do_update(index_elements=key, set_=changes(statement.excluded))


UPSERT_PROGRESS = _upsert(
    progress,
    ["enrolment_id", "item_id"],
    lambda given: {
        "seconds": given.seconds,
        "watched": given.watched,
        "last_at": given.last_at,
        "complete_at": sa.func.coalesce(progress.c.complete_at, given.complete_at),
    },
)
"""Rows of item progress, the union as it is now."""

UPSERT_PLAYS = _upsert(
    plays,
    ["session_id", "item_id"],
    lambda given: {
        "last_at": given.last_at,
        "from_seconds": sa.func.min(plays.c.from_seconds, given.from_seconds),
        "to_seconds": sa.func.max(plays.c.to_seconds, given.to_seconds),
        "spans": given.spans,
        "credited_seconds": plays.c.credited_seconds + given.credited_seconds,
    },
)
"""Plays and readings: one per item and session, growing with each report (K20)."""

UPSERT_DAYS = _upsert(
    days,
    ["enrolment_id", "day"],
    lambda given: {
        "video_seconds": days.c.video_seconds + given.video_seconds,
        "document_seconds": days.c.document_seconds + given.document_seconds,
    },
)
"""Seconds per Shanghai day, added up."""
