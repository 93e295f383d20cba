"""Events between services: outbox, relay, inbox, consumers, two transports.

A service announces inside its transaction and declares consumers; nothing else of it knows how events travel.
"""

from bus.consumer import Consumer, Projection, Reaction, project, react
from bus.envelope import Event, latest
from bus.errors import NotYet, SchemaBroken, UnknownEvent
from bus.once import Guard, Once
from bus.outbox import Announcement, Counted, announce, announce_many
from bus.revoked import access_consumer
from bus.tables import attach_tables

__all__ = [
    "Announcement",
    "Consumer",
    "Counted",
    "Event",
    "Guard",
    "NotYet",
    "Once",
    "Projection",
    "Reaction",
    "SchemaBroken",
    "UnknownEvent",
    "access_consumer",
    "announce",
    "announce_many",
    "attach_tables",
    "latest",
    "project",
    "react",
]
