"""What every service's worker clears away."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.idempotency_table import keys
from chassis.jobs.model import jobs
from chassis.jobs.periodic import Periodic
from chassis.revocations import KEPT, access_revocations

ANSWERS_KEPT = timedelta(days=7)
JOBS_KEPT = timedelta(days=30)
DAY = 86_400
"""Seconds. A wrong clock has to be wrong for as long before a purge believes it."""


def forget_answers(session: Session, now: datetime) -> None:
    """Delete kept answers after a week: nobody repeats a request that old."""
    session.execute(sa.delete(keys).where(keys.c.created_at < now - ANSWERS_KEPT))


def forget_jobs(session: Session, now: datetime) -> None:
    """Delete jobs that ended more than a month ago."""
    session.execute(sa.delete(jobs).where(jobs.c.finished_at < now - JOBS_KEPT))


def forget_revocations(session: Session, now: datetime) -> None:
    """Delete revocations of tokens that have ended by themselves."""
    session.execute(sa.delete(access_revocations).where(access_revocations.c.revoked_at < now - KEPT))


HOUSEKEEPING = (
    Periodic("chassis.forget-answers", DAY, forget_answers, purges=True),
    Periodic("chassis.forget-jobs", DAY, forget_jobs, purges=True),
    Periodic("chassis.forget-revocations", DAY, forget_revocations, purges=True),
)
