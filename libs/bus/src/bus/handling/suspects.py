"""Messages that were begun before: counted in a transaction of their own before the handler runs.

So one that kills the process is counted too, and is given up after a few deaths.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.db import insert
from sqlalchemy.orm import Session

from bus.tables import attempts


def count(session: Session, *, consumer: str, message_id: UUID, now: datetime) -> int:
    """It is begun once more; how often that makes, since it was first suspected."""
    statement = (
        insert(session, attempts)
        .values(consumer=consumer, message_id=message_id, started=1, started_at=now)
        .on_conflict_do_update(
            index_elements=["consumer", "message_id"],
            set_={"started": attempts.c.started + 1, "started_at": now},
        )
        .returning(attempts.c.started)
    )
    return int(session.execute(statement).scalar_one())


def clear(session: Session, *, consumer: str, message_id: UUID) -> None:
    """It came to an end: handled, delayed or buried."""
    session.execute(
        attempts.delete().where(attempts.c.consumer == consumer, attempts.c.message_id == message_id)
    )
