"""Work that comes round: one process does it, the lease in the database decides which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session, sessionmaker

from chassis.db import insert, reading, transaction
from chassis.jobs.model import leases

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Periodic:
    """`run(session, now)` every `seconds`, in one transaction that also moves the lease."""

    name: str
    seconds: int
    run: Callable[[Session, datetime], None]
    purges: bool = False
    """It deletes for good what is old: a round is left out when the clock has gone on by more than one interval since
    the last one was due. After a worker's rest that costs a round; after a leap of the clock it saves what is young."""

    def is_due(self, next_at: datetime, now: datetime) -> bool:
        """Whether its time has come. A lease further away than an interval was written by a clock that was wrong."""
        return next_at <= now or next_at > now + timedelta(seconds=self.seconds)

    def leaps(self, next_at: datetime, now: datetime) -> bool:
        """Whether more time has gone by than a purge believes."""
        return self.purges and abs(now - next_at) > timedelta(seconds=self.seconds)


def run_periodic(work: Periodic, sessions: sessionmaker[Session], now: datetime) -> bool:
    """Do it if it is due and no other process is at it. Returns whether it was done."""
    with reading(), sessions() as session:
        due = session.scalar(sa.select(leases.c.next_at).where(leases.c.name == work.name))
    if due is not None and not work.is_due(due, now):
        return False
    with sessions() as session, transaction(session):
        if due is None:
            first = {"name": work.name, "next_at": now}
            session.execute(insert(session, leases).values(first).on_conflict_do_nothing())
        held = sa.select(leases.c.next_at).where(leases.c.name == work.name).with_for_update(skip_locked=True)
        due = session.scalar(held)
        if due is None or not work.is_due(due, now):
            return False
        leaps = work.leaps(due, now)
        if leaps:
            log.warning("purge_left_out", name=work.name, due=due.isoformat(), now=now.isoformat())
        else:
            work.run(session, now)
        later = now + timedelta(seconds=work.seconds)
        session.execute(sa.update(leases).where(leases.c.name == work.name).values(next_at=later))
    return not leaps
