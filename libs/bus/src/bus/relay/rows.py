"""The rows of the outbox as the relay reads and removes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from chassis.db import reading
from sqlalchemy.engine import Connection, Engine

from bus.tables import outbox
from bus.transport.base import Message


class Row(NamedTuple):
    """One announcement waiting to be sent."""

    id: int
    shard: int
    message: Message


def claim(connection: Connection, shards: Sequence[int], *, limit: int) -> list[Row]:
    """The oldest rows of these shards, in the order of their ids, which is that of their aggregate's commits."""
    statement = (
        sa.select(
            outbox.c.id,
            outbox.c.shard,
            outbox.c.message_id,
            outbox.c.type,
            outbox.c.body,
            outbox.c.traceparent,
        )
        .where(outbox.c.shard.in_(shards))
        .order_by(outbox.c.id)
        .limit(limit)
    )
    with reading(), connection.begin():
        return [_row(*found) for found in connection.execute(statement)]


def remove(connection: Connection, ids: Sequence[int]) -> None:
    """They are confirmed."""
    with connection.begin():
        connection.execute(outbox.delete().where(outbox.c.id.in_(ids)))


def confirmed_prefix(rows: Sequence[Row], confirmed: Sequence[bool]) -> tuple[list[int], set[int]]:
    """The ids that may be removed, and the shards that failed.

    Within a shard nothing behind the first unconfirmed row is removed, confirmed or not: sent again together,
    an aggregate's events stay in order.
    """
    removable: list[int] = []
    failed: set[int] = set()
    for row, good in zip(rows, confirmed, strict=True):
        if not good:
            failed.add(row.shard)
        elif row.shard not in failed:
            removable.append(row.id)
    return removable, failed


def oldest(engine: Engine) -> datetime | None:
    """When the oldest row still waiting was announced: the figure to alert on."""
    with reading(), engine.connect() as connection:
        found: datetime | None = connection.scalar(sa.select(sa.func.min(outbox.c.created_at)))
        return found


def _row(
    row_id: int, shard: int, message_id: UUID, event_type: str, body: str, traceparent: str | None
) -> Row:
    headers = {"traceparent": traceparent} if traceparent else {}
    return Row(row_id, shard, Message(id=message_id, type=event_type, body=body.encode(), headers=headers))
