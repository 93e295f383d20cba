"""The tables of jobs and of leases, and the record of a job."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.db.columns import JSONDocument, UtcDateTime
from chassis.ids import new_id

_shape = sa.MetaData()

jobs = sa.Table(
    "jobs",
    _shape,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.String(80), nullable=False),
    sa.Column("args", JSONDocument, nullable=False),
    sa.Column("owner_id", sa.Uuid, nullable=True),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("progress", sa.Integer, nullable=False),
    sa.Column("result", JSONDocument, nullable=True),
    sa.Column("error", sa.String(1000), nullable=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("lease_until", UtcDateTime, nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime, nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="ck_jobs_state"),
    sa.CheckConstraint("progress BETWEEN 0 AND 100", name="ck_jobs_progress"),
)
sa.Index("ix_jobs_state_created_at", jobs.c.state, jobs.c.created_at)

leases = sa.Table(
    "periodic_leases",
    _shape,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("next_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job as it stands; `progress` in percent."""

    id: uuid.UUID
    kind: str
    args: dict[str, Any]
    owner_id: uuid.UUID | None
    state: str
    progress: int
    result: dict[str, Any] | None
    error: str | None
    attempts: int
    lease_until: datetime | None
    created_at: datetime
    finished_at: datetime | None


def enqueue(
    session: Session, *, kind: str, args: dict[str, Any], owner_id: uuid.UUID | None, now: datetime
) -> Job:
    """Record a job in the caller's transaction; a worker takes it once that is committed."""
    row: dict[str, Any] = {
        "id": new_id(),
        "kind": kind,
        "args": args,
        "owner_id": owner_id,
        "state": "waiting",
        "progress": 0,
        "result": None,
        "error": None,
        "attempts": 0,
        "lease_until": None,
        "created_at": now,
        "finished_at": None,
    }
    session.execute(sa.insert(jobs).values(row))
    return Job(**row)


def read_job(session: Session, job_id: uuid.UUID) -> Job | None:
    """The job with this id."""
    row = session.execute(sa.select(jobs).where(jobs.c.id == job_id)).mappings().one_or_none()
    return None if row is None else Job(**row)
