"""For the tests of services: what was announced, events made by hand, handlers called as the bus calls them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from chassis.ids import new_id
from sqlalchemy.orm import Session

from bus import contracts
from bus.consumer import Consumer
from bus.envelope import Event, decode, read
from bus.handling.dispatch import dispatch
from bus.handling.inbox import Inbox
from bus.tables import outbox


def announced(session: Session, event_type: str | None = None) -> list[Event]:
    """What stands in the outbox, in order; only this type when one is named."""
    statement = sa.select(outbox.c.body).order_by(outbox.c.id)
    if event_type is not None:
        statement = statement.where(outbox.c.type == event_type)
    return [decode(body) for body in session.scalars(statement)]


def event(
    event_type: str, data: Mapping[str, Any], *, now: datetime, subject: str = "a subject", sequence: int = 1
) -> Event:
    """An event of another service; its data are held to the schema."""
    contracts.check(event_type, data)
    return Event(
        id=new_id(),
        type=event_type,
        source=f"/kaike/{event_type.partition('.')[0]}",
        subject=subject,
        time=now,
        sequence=sequence,
        data=data,
    )


def examples(event_type: str) -> list[Event]:
    """The committed examples of a type."""
    return [read(envelope) for envelope in contracts.examples_of(event_type)]


def deliver(session: Session, consumer: Consumer, *events: Event, now: datetime) -> list[Event]:
    """Hand events to a consumer in one batch, through its inbox; nothing is committed.

    Returns those that were not handled before. What a handler raises comes through, NotYet too.
    """
    fresh = Inbox(consumer.name).take(session, events, now=now)
    dispatch(session, consumer, fresh)
    return fresh
