"""Announcing: inside the caller's transaction, to be sent by the relay after the commit."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.db import after_commit
from chassis.ids import new_id
from sqlalchemy.orm import Session

from bus import contracts, trace, wakeup
from bus.envelope import Event, encode
from bus.tables import aggregates, outbox

SHARDS = 16
"""Fixed for good: rows carry their shard, and one aggregate must never stand in two."""

# Written out because SQLAlchemy compiles an upsert anew each time, which took most of the time of announcing.
_RAISE = sa.text(
    "INSERT INTO bus_aggregates (type, id, seq) VALUES (:kind, :key, 1)"
    " ON CONFLICT (type, id) DO UPDATE SET seq = bus_aggregates.seq + 1 RETURNING seq"
).bindparams(sa.bindparam("key", type_=sa.Uuid()))


def _raise_many(rows: str) -> sa.TextualSelect:
    statement = sa.text(
        f"INSERT INTO bus_aggregates (type, id, seq) SELECT {rows}"
        " ON CONFLICT (type, id) DO UPDATE SET seq = bus_aggregates.seq + 1 RETURNING type, id, seq"
    )
    return statement.columns(aggregates.c.type, aggregates.c.id, aggregates.c.seq)


_RAISE_MANY_POSTGRES = _raise_many(
    "kind, key, 1 FROM unnest(CAST(:kinds AS text[]), CAST(:keys AS uuid[]))"
    " WITH ORDINALITY AS given (kind, key, place) ORDER BY place"
)
_RAISE_MANY_SQLITE = _raise_many(
    "json_extract(value, '$[0]'), json_extract(value, '$[1]'), 1 FROM json_each(:rows) WHERE true"
)
_WRITE = outbox.insert()


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A number in an event's data that the database counts while it writes."""

    name: str
    sql: str
    """A scalar subquery in parentheses, the same on both databases."""


def announcing(first: str = "", *, counted: Counted | None = None) -> sa.TextClause:
    """What announces on PostgreSQL, in one statement; after `first`, an INSERT … RETURNING, only if that wrote a row.

    Each statement costs as much as all that announcing does besides. The row in `raised` is locked before the
    outbox's id is drawn.
    """
    made, from_made = (f"made AS ({first}), ", " FROM made") if first else ("", "")
    number = f" || CAST({counted.sql} AS text) || CAST(:after AS text)" if counted else ""
    return sa.text(f"""
WITH {made}raised AS (
    INSERT INTO bus_aggregates (type, id, seq) SELECT CAST(:kind AS text), CAST(:key AS uuid), 1{from_made}
    ON CONFLICT (type, id) DO UPDATE SET seq = bus_aggregates.seq + 1 RETURNING type, id, seq
)
INSERT INTO bus_outbox
    (shard, message_id, aggregate_type, aggregate_id, seq, type, body, traceparent, created_at)
SELECT CAST(:shard AS smallint), CAST(:message_id AS uuid), raised.type, raised.id, raised.seq, :event_type,
       CAST(:head AS text) || CAST(raised.seq AS text) || CAST(:tail AS text){number},
       :traceparent, CAST(:announced_at AS timestamptz)
FROM raised
RETURNING seq
""")


_ANNOUNCE = announcing()


def announce(
    session: Session,
    *,
    type: str,
    aggregate: tuple[str, UUID],
    subject: str,
    data: Mapping[str, Any],
    now: datetime,
) -> int:
    """Announce a fact or a state of `aggregate` when the transaction commits, and only then.

    Raises the aggregate's sequence first: that row lock makes the order of ids the order of commits within
    the aggregate. Returns the sequence. Raises UnknownEvent or SchemaBroken before anything is written.
    """
    contracts.check(type, data)
    kind, key = aggregate
    if session.get_bind().dialect.name == "postgresql":
        event = unsent(type, subject, data, sequence=0, now=now)
        sequence = int(session.connection().execute(_ANNOUNCE, gaps(event, aggregate)).scalar_one())
    else:
        sequence = _raise_sequence(session, kind=kind, key=key)
        event = unsent(type, subject, data, sequence=sequence, now=now)
        session.execute(_WRITE, _row(event, kind=kind, key=key))
    after_commit(session, wakeup.relay_of(session))
    return sequence


def gaps(event: Event, aggregate: tuple[str, UUID], *, counted: Counted | None = None) -> dict[str, Any]:
    """The values of `announcing` for an event whose sequence is 0, and whose data begin with what is counted, as 0:
    the database writes both into the body."""
    kind, key = aggregate
    # It stands before the data, and inside a text its quotes would be escaped.
    head, _, tail = encode(event).partition('"sequence":"0"')
    after = {}
    if counted:
        first = f'"data":{{"{counted.name}":'
        before, _, rest = tail.partition(f"{first}0")
        tail, after = before + first, {"after": rest}
    return after | {
        "shard": shard_of(kind, key),
        "kind": kind,
        "key": key,
        "message_id": event.id,
        "event_type": event.type,
        "head": f'{head}"sequence":"',
        "tail": f'"{tail}',
        "traceparent": event.traceparent,
        "announced_at": event.time,
    }


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """One of many: what `announce` takes, without the moment."""

    type: str
    aggregate: tuple[str, UUID]
    subject: str
    data: Mapping[str, Any]


def announce_many(session: Session, announcements: Sequence[Announcement], *, now: datetime) -> None:
    """Announce for many aggregates in three statements, however many they are; each aggregate at most once.

    The aggregates are locked in the order of their ids, so that two of these can't wait for each other.
    Raises what `announce` raises, and ValueError for an aggregate that comes twice: its order would be lost.
    """
    if not announcements:
        return
    for each in announcements:
        contracts.check(each.type, each.data)
    ordered = sorted(announcements, key=lambda each: (each.aggregate[0], each.aggregate[1]))
    places = [each.aggregate for each in ordered]
    if len(set(places)) < len(places):
        raise ValueError("an aggregate comes twice: announce its events one after the other")
    sequences = _raise_sequences(session, places)
    rows = []
    for each in ordered:
        kind, key = each.aggregate
        event = unsent(each.type, each.subject, each.data, sequence=sequences[each.aggregate], now=now)
        rows.append(_row(event, kind=kind, key=key))
    session.execute(_WRITE, rows)
    after_commit(session, wakeup.relay_of(session))


def shard_of(kind: str, key: UUID) -> int:
    """The shard of an aggregate: the same in every process, today and next year."""
    return zlib.crc32(kind.encode() + key.bytes) % SHARDS


def _raise_sequence(session: Session, *, kind: str, key: UUID) -> int:
    return int(session.execute(_RAISE, {"kind": kind, "key": key}).scalar_one())


def _raise_sequences(session: Session, places: Sequence[tuple[str, UUID]]) -> dict[tuple[str, UUID], int]:
    """`places` in the order in which they are locked."""
    if session.get_bind().dialect.name == "sqlite":
        rows = json.dumps([[kind, key.hex] for kind, key in places])
        raised = session.execute(_RAISE_MANY_SQLITE, {"rows": rows})
    else:
        given = {"kinds": [kind for kind, _ in places], "keys": [str(key) for _, key in places]}
        raised = session.execute(_RAISE_MANY_POSTGRES, given)
    return {(row.type, row.id): row.seq for row in raised}


def unsent(type: str, subject: str, data: Mapping[str, Any], *, sequence: int, now: datetime) -> Event:
    """An event of this process, of this moment and in the present trace."""
    return Event(
        id=new_id(),
        type=type,
        source=f"/kaike/{type.partition('.')[0]}",
        subject=subject,
        time=now,
        sequence=sequence,
        data=data,
        traceparent=trace.current(),
    )


def _row(event: Event, *, kind: str, key: UUID) -> dict[str, Any]:
    return {
        "shard": shard_of(kind, key),
        "message_id": event.id,
        "aggregate_type": kind,
        "aggregate_id": key,
        "seq": event.sequence,
        "type": event.type,
        "body": encode(event),
        "traceparent": event.traceparent,
        "created_at": event.time,
    }
