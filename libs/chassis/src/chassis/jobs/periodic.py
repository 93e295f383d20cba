"""Work that comes round: one process does it, the lease in the database decides which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from chassis.db import insert, reading, transaction
from chassis.jobs.model import leases


@dataclass(frozen=True)
class Periodic:
    """`run(session, now)` every `seconds`, in one transaction that also moves the lease."""

    name: str
    seconds: int
    run: Callable[[Session, datetime], None]


def run_periodic(work: Periodic, sessions: sessionmaker[Session], now: datetime) -> bool:
    """Do it if it is due and no other process is at it. Returns whether it was done."""
    with reading(), sessions() as session:
        due = session.scalar(sa.select(leases.c.next_at).where(leases.c.name == work.name))
    if due is not None and due > now:
        return False
    with sessions() as session, transaction(session):
        if due is None:
            first = {"name": work.name, "next_at": now}
            session.execute(insert(session, leases).values(first).on_conflict_do_nothing())
        held = sa.select(leases.c.next_at).where(leases.c.name == work.name).with_for_update(skip_locked=True)
        due = session.scalar(held)
        if due is None or due > now:
            return False
        work.run(session, now)
        later = now + timedelta(seconds=work.seconds)
        session.execute(sa.update(leases).where(leases.c.name == work.name).values(next_at=later))
    return True
