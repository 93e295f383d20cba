"""What a job's handler is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from chassis import clock
from chassis.config import Settings
from chassis.db import transaction
from chassis.jobs.model import Job, jobs

LEASE = timedelta(minutes=5)


class JobLost(Exception):
    """Another worker has taken the job: its lease ran out here."""


class Work:
    """One run of a job. A handler opens as many transactions as it needs and reports progress between them.

    It may be run again from the start after a crash, so each of its transactions must bear repeating.
    """

    def __init__(self, job: Job, sessions: sessionmaker[Session], settings: Settings) -> None:
        """`sessions` makes sessions on the service's database."""
        self.job = job
        self.settings = settings
        self._sessions = sessions

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session in a transaction of its own."""
        with self._sessions() as session, transaction(session):
            yield session

    def progress(self, percent: int, *, now: datetime | None = None) -> None:
        """Say how far it is and hold the job for five more minutes. Call it outside of a transaction."""
        with self.transaction() as session:
            held = (jobs.c.id == self.job.id) & (jobs.c.attempts == self.job.attempts)
            done = session.execute(
                sa.update(jobs)
                .where(held, jobs.c.state == "running")
                .values(progress=percent, lease_until=(now or clock.now()) + LEASE)
            )
            if not done.rowcount:  # type: ignore[attr-defined]
                raise JobLost(str(self.job.id))
