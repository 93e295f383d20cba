"""The inbox: the same message again changes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

import sqlalchemy as sa
from chassis.db import UtcDateTime
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from bus.envelope import Event
from bus.tables import attempts, inbox

KEEP = timedelta(days=180)
"""Longer than any dead letter is kept for a replay."""


# One statement for any number of rows, written out because SQLAlchemy compiles upserts anew each time.
_INTO = "INSERT INTO bus_inbox (consumer, message_id, type, handled_at) SELECT :consumer, "
_REST = " ON CONFLICT DO NOTHING RETURNING message_id"


def _take(rows: str) -> sa.TextualSelect:
    statement = sa.text(_INTO + rows + _REST).bindparams(sa.bindparam("now", type_=UtcDateTime()))
    return statement.columns(message_id=sa.Uuid())


# Sorted: two replicas that take overlapping batches would else wait for each other.
_TAKE_POSTGRES = _take(
    "id, type, :now FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (id uuid, type text) ORDER BY id"
)
_TAKE_SQLITE = _take(
    "json_extract(value, '$.id'), json_extract(value, '$.type'), :now FROM json_each(:rows) WHERE true"
)


class Inbox:
    """Knows what one consumer has handled, within the handler's own transaction."""

    def __init__(self, consumer: str) -> None:
        """Each consumer handles each message once."""
        self._consumer = consumer

    def take(self, session: Session, events: Sequence[Event], *, now: datetime) -> list[Event]:
        """Note these as handled; returns those that were not before, each once, in the given order.

        A replica that is at the same message waits here for the other's commit.
        """
        if not events:
            return []
        unique = {event.id: event for event in events}
        statement = _TAKE_SQLITE if session.get_bind().dialect.name == "sqlite" else _TAKE_POSTGRES
        rows = json.dumps([{"id": key.hex, "type": event.type} for key, event in unique.items()])
        given = {"consumer": self._consumer, "now": now, "rows": rows}
        fresh = set(session.scalars(statement, given).all())
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
