"""The rows of the outbox as the relay reads and removes them."""

from __future__ import annotations

import json
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


_FOUND = (
    outbox.c.id,
    outbox.c.shard,
    outbox.c.message_id,
    outbox.c.type,
    outbox.c.body,
    outbox.c.traceparent,
)


def _claim(among: str) -> sa.TextualSelect:
    names = ", ".join(column.name for column in _FOUND)
    text = f"SELECT {names} FROM bus_outbox WHERE shard {among} ORDER BY id LIMIT :limit"
    return sa.text(text).columns(*_FOUND)


# Each list is one parameter: with one for each value the statement was written and read anew at every window.
_AMONG = "IN (SELECT value FROM json_each(:{0}))"
_CLAIM_SQLITE = _claim(_AMONG.format("shards"))
_CLAIM_POSTGRES = _claim("= ANY(CAST(:shards AS smallint[]))")
_REMOVE_SQLITE = sa.text(f"DELETE FROM bus_outbox WHERE id {_AMONG.format('ids')}")
_REMOVE_POSTGRES = sa.text("DELETE FROM bus_outbox WHERE id = ANY(CAST(:ids AS bigint[]))")


def claim(connection: Connection, shards: Sequence[int], *, limit: int) -> list[Row]:
    """The oldest rows of these shards, in the order of their ids, which is that of their aggregate's commits."""
    sqlite = connection.dialect.name == "sqlite"
    statement = _CLAIM_SQLITE if sqlite else _CLAIM_POSTGRES
    given = {"shards": _list(shards, sqlite=sqlite), "limit": limit}
    with reading(), connection.begin():
        return [_row(*found) for found in connection.execute(statement, given).all()]


def remove(connection: Connection, ids: Sequence[int]) -> None:
    """They are confirmed."""
    sqlite = connection.dialect.name == "sqlite"
    with connection.begin():
        connection.execute(_REMOVE_SQLITE if sqlite else _REMOVE_POSTGRES, {"ids": _list(ids, sqlite=sqlite)})


def _list(numbers: Sequence[int], *, sqlite: bool) -> str | list[int]:
    return json.dumps(list(numbers)) if sqlite else list(numbers)


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
