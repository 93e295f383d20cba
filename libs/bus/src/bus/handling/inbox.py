"""The inbox: the same message again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

import sqlalchemy as sa
from chassis.db import insert
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from bus.envelope import Event
from bus.tables import attempts, inbox

KEEP = timedelta(days=180)
"""Longer than any dead letter is kept for a replay."""


class Inbox:
    """Knows what one consumer has handled, within the handler's own transaction."""

    def __init__(self, consumer: str) -> None:
        """Each consumer handles each message once."""
        self._consumer = consumer

    def take(self, session: Session, events: Sequence[Event], *, now: datetime) -> list[Event]:
        """Note these as handled; returns those that were not before, each once, in the given order.

        A replica that is at the same message waits here for the other's commit.
        """
        unique = {event.id: event for event in events}
        # Sorted: two replicas that take overlapping batches would else wait for each other.
        rows = [
            {"consumer": self._consumer, "message_id": key, "type": unique[key].type, "handled_at": now}
            for key in sorted(unique)
        ]
        statement = insert(session, inbox).values(rows).on_conflict_do_nothing().returning(inbox.c.message_id)
        fresh = set(session.scalars(statement))
        return [event for key, event in unique.items() if key in fresh]

    def forget(self, session: Session, types: Sequence[str]) -> int:
        """For a rebuild: everything of these types may be handled again."""
        gone = session.execute(
            inbox.delete().where(inbox.c.consumer == self._consumer, inbox.c.type.in_(types))
        )
        return cast("CursorResult[tuple[()]]", gone).rowcount


def purge(session: Session, now: datetime) -> None:
    """Remove what no replay will ask for any more."""
    session.execute(inbox.delete().where(inbox.c.handled_at < now - KEEP))
    session.execute(attempts.delete().where(attempts.c.started_at < now - KEEP))


def handled(session: Session, consumer: str) -> int:
    """How many messages a consumer has handled and remembers."""
    return session.scalar(sa.select(sa.func.count()).where(inbox.c.consumer == consumer)) or 0
