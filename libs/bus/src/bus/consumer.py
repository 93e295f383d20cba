"""What a service declares about the events it listens to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bus.contracts import TYPE
from bus.envelope import Event

React = Callable[[Session, Event], None]
Project = Callable[[Session, Sequence[Event]], None]
Clear = Callable[[Session], None]


@dataclass(frozen=True)
class Reaction:
    """A fact becomes an action, one at a time."""

    handle: React


@dataclass(frozen=True)
class Projection:
    """States of others are kept as a small table, many at a time."""

    handle: Project
    clear: Clear | None = None


def react(handler: React) -> Reaction:
    """Handle each event by itself: `handler(session, event)` flushes at most, never commits.

    Raise NotYet when what it needs has not arrived.
    """
    return Reaction(handler)


def project(handler: Project, *, clear: Clear | None = None) -> Projection:
    """Keep a projection: `handler(session, events)` gets events in order of arrival, each message once.

    It upserts where the stored version is smaller than `event.sequence`: `chassis.db.upsert_many` with
    `bus.latest(events)` does all of them in one statement. `clear(session)` empties the projection, for a rebuild.
    """
    return Projection(handler, clear)


@dataclass(frozen=True)
class Consumer:
    """One durable queue, named `<service>.<purpose>`, bound to the types that it has handlers for."""

    name: str
    handlers: Mapping[str, Reaction | Projection]

    def __post_init__(self) -> None:
        """A wrong name would make a queue that nobody reads."""
        if not re.fullmatch(r"[a-z][a-z_]*\.[a-z][a-z_]*", self.name):
            raise ValueError(f"a consumer is named <service>.<purpose>, not {self.name!r}")
        for event_type in self.handlers:
            if not TYPE.fullmatch(event_type):
                raise ValueError(f"{self.name}: {event_type!r} is not an event type")

    @property
    def service(self) -> str:
        """The service that owns the queue."""
        return self.name.partition(".")[0]
