"""The worker's loop over jobs and periodic work."""

from __future__ import annotations

import threading
from datetime import datetime

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from chassis import clock
from chassis.config import Settings
from chassis.db import reading, transaction
from chassis.jobs.housekeeping import HOUSEKEEPING
from chassis.jobs.model import Job, jobs
from chassis.jobs.periodic import run_periodic
from chassis.jobs.work import LEASE, JobLost, Work
from chassis.service import Service

POLL = 1.0
MOST_ATTEMPTS = 3

log = structlog.get_logger(__name__)


def run_loop(
    service: Service, settings: Settings, sessions: sessionmaker[Session], stop: threading.Event
) -> None:
    """Run what is due until `stop` is set; a failing round is logged and tried again, it never ends the loop."""
    while not stop.is_set():
        try:
            busy = run_due(service, settings, sessions, clock.now())
        except OperationalError as error:
            _say_away(service, error)
            busy = False
        except Exception:
            log.exception("jobs_round_failed", service=service.name)
            busy = False
        if not busy:
            stop.wait(POLL)


def run_due(service: Service, settings: Settings, sessions: sessionmaker[Session], now: datetime) -> bool:
    """Do all periodic work that is due and one waiting job. Returns whether there was a job."""
    for periodic in (*HOUSEKEEPING, *service.periodic):
        try:
            run_periodic(periodic, sessions, now)
        except OperationalError as error:
            _say_away(service, error, periodic=periodic.name)
        except Exception:
            log.exception("periodic_failed", service=service.name, name=periodic.name)
    if not service.jobs:
        return False
    job = _take(sessions, now)
    if job is None:
        return False
    _run(service, settings, sessions, job)
    return True


def _say_away(service: Service, error: OperationalError, **about: str) -> None:
    """One line and no traceback: while a database is away this is said every second, and is no fault of the code."""
    log.warning("database_away", service=service.name, error=type(error.orig).__name__, **about)


def _take(sessions: sessionmaker[Session], now: datetime) -> Job | None:
    """The oldest job that waits or whose worker has died, marked as running here."""
    free = (jobs.c.state == "waiting") | ((jobs.c.state == "running") & (jobs.c.lease_until < now))
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


def _give_up(session: Session, now: datetime) -> None:
    """Jobs whose worker died at every attempt have most likely killed it: they fail instead of doing so for ever."""
    dead = (jobs.c.state == "running") & (jobs.c.lease_until < now) & (jobs.c.attempts >= MOST_ATTEMPTS)
    given_up = sa.update(jobs).where(dead).returning(jobs.c.id, jobs.c.kind)
    ended = {"state": "failed", "error": "WorkerDied", "lease_until": None, "finished_at": now}
    for job_id, kind in session.execute(given_up.values(ended)):
        log.error("job_given_up", kind=kind, job=str(job_id))


def _run(service: Service, settings: Settings, sessions: sessionmaker[Session], job: Job) -> None:
    work = Work(job, sessions, settings)
    try:
        result = service.jobs[job.kind](work)
    except JobLost:
        log.warning("job_lost", kind=job.kind, job=str(job.id))
    except Exception as error:
        log.exception("job_failed", kind=job.kind, job=str(job.id), attempt=job.attempts)
        last = job.attempts >= MOST_ATTEMPTS
        _finish(sessions, job, state="failed" if last else "waiting", error=type(error).__name__)
    else:
        _finish(sessions, job, state="done", result=result, progress=100)


def _finish(sessions: sessionmaker[Session], job: Job, *, state: str, **values: object) -> None:
    with sessions() as session, transaction(session):
        ended = {} if state == "waiting" else {"finished_at": clock.now()}
        session.execute(
            sa.update(jobs)
            .where(jobs.c.id == job.id, jobs.c.attempts == job.attempts)
            .values(state=state, lease_until=None, **values, **ended)
        )
