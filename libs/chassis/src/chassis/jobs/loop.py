"""The worker's loop over jobs and periodic work."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session, sessionmaker

from chassis import clock
from chassis.config import Settings
from chassis.db import DatabaseError, is_away, reading, transaction
from chassis.errors import Unavailable
from chassis.jobs.housekeeping import HOUSEKEEPING
from chassis.jobs.model import Job, jobs
from chassis.jobs.periodic import run_periodic
from chassis.jobs.work import LEASE, JobLost, Work
from chassis.service import Service

POLL = 1.0
MOST_ATTEMPTS = 3
FARTHEST = timedelta(days=1)
"""No lease is this long: a clock that is set back by some hours must not make a running job look abandoned."""

log = structlog.get_logger(__name__)


class JobInterrupted(Exception):
    """The database went away under a job and does not take it back yet: `job` still counts an attempt too many."""

    def __init__(self, job: Job) -> None:
        """The job as it was taken."""
        super().__init__(str(job.id))
        self.job = job


def run_loop(
    service: Service, settings: Settings, sessions: sessionmaker[Session], stop: threading.Event
) -> None:
    """Run what is due until `stop` is set; a failing round is logged and tried again, it never ends the loop."""
    interrupted: Job | None = None
    while not stop.is_set():
        busy = False
        try:
            if interrupted is not None:
                _postpone(sessions, interrupted)
                interrupted = None
            busy = _round(service, settings, sessions, clock.now()) is True
        except JobInterrupted as error:
            interrupted = error.job
        except Exception as error:  # noqa: BLE001 - told by _say
            _say(service, error)
        if not busy:
            stop.wait(POLL)


def run_due(service: Service, settings: Settings, sessions: sessionmaker[Session], now: datetime) -> bool:
    """Do all periodic work that is due and one waiting job. Returns whether there was a job.

    Raises JobInterrupted, or what the database raises while it is away.
    """
    return _round(service, settings, sessions, now) is not None


def _round(
    service: Service, settings: Settings, sessions: sessionmaker[Session], now: datetime
) -> bool | None:
    """Whether the job came to an end, or waits for what is away; None when there was none."""
    for periodic in (*HOUSEKEEPING, *service.periodic):
        try:
            run_periodic(periodic, sessions, now)
        except Exception as error:  # noqa: BLE001 - told by _say
            _say(service, error, periodic=periodic.name)
    if not service.jobs:
        return None
    job = _take(sessions, now)
    if job is None:
        return None
    return _run(service, settings, sessions, job)


def _say(service: Service, error: Exception, **about: str) -> None:
    """What is away is said every second and is no fault of the code: one line and no traceback."""
    if is_away(error):
        reason = type(getattr(error, "orig", None) or error).__name__
        log.warning("database_away", service=service.name, error=reason, **about)
    elif isinstance(error, Unavailable):
        log.warning("work_postponed", service=service.name, error=error.code, **about)
    else:
        log.error("jobs_round_failed", service=service.name, exc_info=error, **about)


def _take(sessions: sessionmaker[Session], now: datetime) -> Job | None:
    """The oldest job that waits or whose worker has died, marked as running here."""
    free = (jobs.c.state == "waiting") | _abandoned(now)
    with reading(), sessions() as session:
        if session.scalar(sa.select(jobs.c.id).where(free).limit(1)) is None:
            return None
    with sessions() as session, transaction(session):
        _give_up(session, now)
        pick = (
            sa.select(jobs.c.id)
            .where(free)
            .order_by(jobs.c.created_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        found = session.scalar(pick)
        if found is None:
            return None
        taken = (
            sa.update(jobs)
            .where(jobs.c.id == found)
            .values(state="running", attempts=jobs.c.attempts + 1, lease_until=now + LEASE)
            .returning(jobs)
        )
        return Job(**session.execute(taken).mappings().one())


def _abandoned(now: datetime) -> sa.ColumnElement[bool]:
    """Jobs whose worker is dead: its lease ran out, or was written by a clock that was wrong."""
    lease = jobs.c.lease_until
    return (jobs.c.state == "running") & ((lease < now) | (lease > now + FARTHEST))


def _give_up(session: Session, now: datetime) -> None:
    """Jobs whose worker died at every attempt have most likely killed it: they fail instead of doing so for ever."""
    dead = _abandoned(now) & (jobs.c.attempts >= MOST_ATTEMPTS)
    given_up = sa.update(jobs).where(dead).returning(jobs.c.id, jobs.c.kind)
    ended = {"state": "failed", "error": "WorkerDied", "lease_until": None, "finished_at": now}
    for job_id, kind in session.execute(given_up.values(ended)):
        log.error("job_given_up", kind=kind, job=str(job_id))


def _run(service: Service, settings: Settings, sessions: sessionmaker[Session], job: Job) -> bool:
    """Whether it came to an end. A database or a store that is away ends nothing, and costs the job no attempt."""
    work = Work(job, sessions, settings)
    try:
        result = service.jobs[job.kind](work)
        _finish(sessions, job, state="done", result=result, progress=100)
    except JobLost:
        log.warning("job_lost", kind=job.kind, job=str(job.id))
    except Exception as error:
        if is_away(error) or isinstance(error, Unavailable):
            _say(service, error, kind=job.kind, job=str(job.id))
            _hand_back(sessions, job)
            return False
        log.exception("job_failed", kind=job.kind, job=str(job.id), attempt=job.attempts)
        last = job.attempts >= MOST_ATTEMPTS
        _finish(sessions, job, state="failed" if last else "waiting", error=type(error).__name__)
    return True


def _hand_back(sessions: sessionmaker[Session], job: Job) -> None:
    try:
        _postpone(sessions, job)
    except DatabaseError as error:
        raise JobInterrupted(job) from error


def _postpone(sessions: sessionmaker[Session], job: Job) -> None:
    """It waits again, and the attempt that was counted when it was taken is not counted."""
    _finish(sessions, job, state="waiting", attempts=job.attempts - 1)


def _finish(sessions: sessionmaker[Session], job: Job, *, state: str, **values: object) -> None:
    with sessions() as session, transaction(session):
        ended = {} if state == "waiting" else {"finished_at": clock.now()}
        session.execute(
            sa.update(jobs)
            .where(jobs.c.id == job.id, jobs.c.attempts == job.attempts, jobs.c.state == "running")
            .values(state=state, lease_until=None, **values, **ended)
        )
