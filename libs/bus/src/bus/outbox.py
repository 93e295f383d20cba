"""Announcing: inside the caller's transaction, to be sent by the relay after the commit."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.db import after_commit
from chassis.ids import new_id
from sqlalchemy.orm import Session

from bus import contracts, trace, wakeup
from bus.envelope import Event, encode
from bus.tables import outbox

SHARDS = 16
"""Fixed for good: rows carry their shard, and one aggregate must never stand in two."""

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
    event = Event(
        id=new_id(),
        type=type,
        source=f"/kaike/{type.partition('.')[0]}",
        subject=subject,
        time=now,
        sequence=sequence,
        data=data,
        traceparent=trace.current(),
    )
    session.execute(_WRITE, _row(event, kind=kind, key=key))
    after_commit(session, wakeup.relay_of(session))
    return sequence


def shard_of(kind: str, key: UUID) -> int:
    """The shard of an aggregate: the same in every process, today and next year."""
    return zlib.crc32(kind.encode() + key.bytes) % SHARDS


def _raise_sequence(session: Session, *, kind: str, key: UUID) -> int:
    return int(session.execute(_RAISE, {"kind": kind, "key": key}).scalar_one())


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
