"""Announcing: inside the caller's transaction, to be sent by the relay after the commit."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.db import after_commit, insert
from chassis.ids import new_id
from sqlalchemy.orm import Session

from bus import contracts, trace, wakeup
from bus.envelope import Event, encode
from bus.tables import aggregates, outbox

SHARDS = 16
"""Fixed for good: rows carry their shard, and one aggregate must never stand in two."""

ROWS_AT_ONCE = 1000
"""SQLite takes at most 32,766 values in a statement."""

# Written out because SQLAlchemy compiles an upsert anew each time, which took most of the time of announcing.
_RAISE = sa.text(
    "INSERT INTO bus_aggregates (type, id, seq) VALUES (:kind, :key, 1)"
    " ON CONFLICT (type, id) DO UPDATE SET seq = bus_aggregates.seq + 1 RETURNING seq"
).bindparams(sa.bindparam("key", type_=sa.Uuid()))
_WRITE = outbox.insert()


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
    sequence = _raise_sequence(session, kind=kind, key=key)
    event = _event(type, subject, data, sequence=sequence, now=now)
    session.execute(_WRITE, _row(event, kind=kind, key=key))
    after_commit(session, wakeup.relay_of(session))
    return sequence


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
        event = _event(each.type, each.subject, each.data, sequence=sequences[each.aggregate], now=now)
        rows.append(_row(event, kind=kind, key=key))
    session.execute(_WRITE, rows)
    after_commit(session, wakeup.relay_of(session))


def shard_of(kind: str, key: UUID) -> int:
    """The shard of an aggregate: the same in every process, today and next year."""
    return zlib.crc32(kind.encode() + key.bytes) % SHARDS


def _raise_sequence(session: Session, *, kind: str, key: UUID) -> int:
    return int(session.execute(_RAISE, {"kind": kind, "key": key}).scalar_one())


def _raise_sequences(session: Session, places: Sequence[tuple[str, UUID]]) -> dict[tuple[str, UUID], int]:
    found: dict[tuple[str, UUID], int] = {}
    for begin in range(0, len(places), ROWS_AT_ONCE):
        rows = [{"type": kind, "id": key, "seq": 1} for kind, key in places[begin : begin + ROWS_AT_ONCE]]
        raised = (
            insert(session, aggregates)
            .values(rows)
            .on_conflict_do_update(index_elements=["type", "id"], set_={"seq": aggregates.c.seq + 1})
            .returning(aggregates.c.type, aggregates.c.id, aggregates.c.seq)
        )
        found |= {(row.type, row.id): row.seq for row in session.execute(raised)}
    return found


def _event(type: str, subject: str, data: Mapping[str, Any], *, sequence: int, now: datetime) -> Event:
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
