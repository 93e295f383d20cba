"""Rebuilding a projection: the owner announces its present states again to one queue, which takes them in anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.db import reading, transaction
from chassis.ids import new_id
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, sessionmaker

from bus import contracts
from bus.consumer import Consumer, Projection
from bus.envelope import Event, encode
from bus.errors import BrokerGone, BusError
from bus.handling.inbox import Inbox
from bus.tables import aggregates
from bus.transport.base import Message, Publisher

CHUNK = 500

Aggregate = tuple[str, UUID]
State = tuple[Aggregate, str, Mapping[str, Any]]
"""The aggregate, the subject and the data, as the owner would announce them now."""


class NotRebuildable(BusError):
    """The owner has no generator for this type, or the consumer no way to clear its projection."""


def announce_again(
    *,
    announces: Mapping[str, Callable[[Session], Iterable[State]]],
    engine: Engine,
    publisher: Publisher,
    event_type: str,
    queue: str,
    now: datetime,
) -> int:
    """Send the present state of every subject of this type to `queue` only. Returns how many.

    States and sequences are read from one snapshot, so that a change made meanwhile is newer than what is sent
    here. Raises NotRebuildable, or BrokerGone: then run it again, states may come twice.
    """
    if event_type not in announces:
        raise NotRebuildable(f"the owner does not announce {event_type} again")
    isolation = "REPEATABLE READ" if engine.dialect.name == "postgresql" else "SERIALIZABLE"
    snapshot = engine.execution_options(isolation_level=isolation)
    sent = 0
    with reading(), sessionmaker(snapshot, autoflush=False)() as session:
        states = iter(announces[event_type](session))
        while chunk := list(islice(states, CHUNK)):
            messages = [_message(event) for event in _events(session, event_type, chunk, now=now)]
            if not all(publisher.send(queue, messages)):
                raise BrokerGone(f"{queue} did not take all; {sent} were sent, run it again")
            sent += len(messages)
    return sent


def clear_projection(
    *, consumers: Sequence[Consumer], sessions: sessionmaker[Session], event_type: str
) -> list[tuple[str, Sequence[str]]]:
    """Empty the projection that keeps this type, with its inbox rows, in one transaction.

    Returns for each queue the types that must now be announced again: those that share the projection.
    Raises NotRebuildable.
    """
    found = [
        (consumer, projection) for consumer in consumers for projection in _projections(consumer, event_type)
    ]
    if not found:
        raise NotRebuildable(f"no projection here keeps {event_type}")
    cleared: list[tuple[str, Sequence[str]]] = []
    with sessions() as session, transaction(session):
        for consumer, projection in found:
            if projection.clear is None:
                raise NotRebuildable(f"{consumer.name} declares no clear= for {event_type}")
            types = sorted(_sharing(consumer, projection))
            projection.clear(session)
            Inbox(consumer.name).forget(session, types)
            cleared.append((consumer.name, types))
    return cleared


def types_to_announce(*, consumers: Sequence[Consumer], event_type: str) -> list[str]:
    """What must be announced again when the projection that keeps this type is emptied: all types that share it."""
    return sorted(
        {
            each
            for consumer in consumers
            for projection in _projections(consumer, event_type)
            for each in _sharing(consumer, projection)
        }
    )


def _projections(consumer: Consumer, event_type: str) -> Iterator[Projection]:
    handler = consumer.handlers.get(event_type)
    if isinstance(handler, Projection):
        yield handler


def _sharing(consumer: Consumer, projection: Projection) -> Iterator[str]:
    for event_type, handler in consumer.handlers.items():
        if isinstance(handler, Projection) and handler.clear == projection.clear:
            yield event_type


def _events(session: Session, event_type: str, states: Sequence[State], *, now: datetime) -> Iterator[Event]:
    """Each with the sequence that its aggregate has in this snapshot; 0 for one that never announced."""
    keys = [aggregate for aggregate, _, _ in states]
    statement = sa.select(aggregates).where(sa.tuple_(aggregates.c.type, aggregates.c.id).in_(keys))
    known = {(row.type, row.id): row.seq for row in session.execute(statement)}
    for aggregate, subject, data in states:
        contracts.check(event_type, data)
        yield Event(
            id=new_id(),
            type=event_type,
            source=f"/kaike/{event_type.partition('.')[0]}",
            subject=subject,
            time=now,
            sequence=known.get(aggregate, 0),
            data=data,
        )


def _message(event: Event) -> Message:
    return Message(id=event.id, type=event.type, body=encode(event).encode())
