"""Calling a consumer's handlers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session
from structlog.contextvars import bound_contextvars

from bus import trace
from bus.consumer import Consumer, Project, Projection
from bus.envelope import Event
from bus.errors import NotYet


class NoHandler(NotYet):
    """The queue is bound to a type that this release does not know: a newer one may, after the roll-out."""


def dispatch(session: Session, consumer: Consumer, events: Sequence[Event]) -> None:
    """Projections first, each handler with all that is for it; then the facts, one by one, in order of arrival.

    A projection takes the newest state wherever it stands in line, and the facts may need it.
    """
    states: dict[Project, list[Event]] = {}
    facts: list[Event] = []
    for event in events:
        handler = consumer.handlers.get(event.type)
        if handler is None:
            raise NoHandler(f"{consumer.name} has no handler for {event.type}")
        if isinstance(handler, Projection):
            states.setdefault(handler.handle, []).append(event)
        else:
            facts.append(event)
    for project, batch in states.items():
        with trace.following(batch[-1].traceparent):
            project(session, batch)
            session.flush()
    for event in facts:
        _react(session, consumer, event)


def _react(session: Session, consumer: Consumer, event: Event) -> None:
    handler = consumer.handlers[event.type]
    if isinstance(handler, Projection):
        raise TypeError(f"{event.type} is a projection")
    with trace.following(event.traceparent), bound_contextvars(event_id=str(event.id), event_type=event.type):
        handler.handle(session, event)
        session.flush()  # the next one in the batch must see what this one did
