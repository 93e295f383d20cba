"""What both transports offer. Everything above this line of the house is the same for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

ATTEMPTS = "kaike-attempts"
"""Delayed rounds behind it: our own count, since a broker's differs from version to version."""
REPLAYED = "kaike-replayed"
REASON = "kaike-reason"
ORIGIN = "kaike-origin"
DIED = "kaike-died-at"

Headers = Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True)
class Message:
    """An envelope on its way. The body is not looked at by transports."""

    id: UUID
    type: str
    body: bytes
    headers: Headers = field(default_factory=dict)

    @property
    def attempts(self) -> int:
        """How many delayed rounds it has behind it."""
        return int(self.headers.get(ATTEMPTS, 0))

    def with_headers(self, changes: Headers) -> Message:
        """The same message with these headers changed."""
        return replace(self, headers={**self.headers, **changes})

    def reborn(self) -> Message:
        """As it is replayed: same id, attempts at nothing, marked so that it is handled alone at first."""
        kept = {name: value for name, value in self.headers.items() if name == "traceparent"}
        return replace(self, headers={**kept, REPLAYED: 1})


@dataclass(eq=False, kw_only=True)
class Delivery:
    """A message handed out and not yet acknowledged."""

    message: Message
    redelivered: bool
    tag: int
    generation: int = 0
    """The connection it came by: on another one its acknowledgement means nothing."""
    settled: bool = False
    """Whether its handler is done with it, one way or another."""

    @property
    def suspect(self) -> bool:
        """Whether it was begun before: such a one is counted first and handled alone."""
        return self.redelivered or self.message.attempts > 0 or REPLAYED in self.message.headers


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """A message given up, with the reason."""

    queue: str
    message: Message
    reason: str
    attempts: int
    died_at: datetime | None


class Publisher(Protocol):
    """Gives messages to queues and knows what arrived. Safe to use from several threads."""

    def announce(self, messages: Sequence[Message]) -> list[bool]:
        """To every queue bound to each type, in this order. True where all of them have it on disk."""

    def send(self, queue: str, messages: Sequence[Message]) -> list[bool]:
        """To this queue only."""

    def delay(self, queue: str, message: Message, *, seconds: float) -> bool:
        """To this queue after a while."""

    def bury(self, queue: str, message: Message) -> bool:
        """To the dead letters of this queue."""

    def refresh(self) -> None:
        """After a failure: connect and declare everything again."""

    def close(self) -> None:
        """Give up what is not confirmed."""


class Subscription(Protocol):
    """Takes messages from one queue, in order, each again until it is acknowledged.

    What reads or writes the queue raises BrokerGone where it can't now.
    """

    @property
    def ready(self) -> bool:
        """Whether messages can arrive right now."""

    def receive(self, *, limit: int, timeout: float) -> list[Delivery]:
        """Up to `limit` that are there, waiting at most `timeout` seconds for the first."""

    def ack(self, deliveries: Sequence[Delivery]) -> None:
        """These are done with. Those of a lost connection will come again."""

    def holds(self, delivery: Delivery) -> bool:
        """Whether it is still ours to handle: one of a lost connection is not, and will come again."""

    def refresh(self) -> None:
        """After a failure: give back what is not acknowledged and begin again."""

    def stop_taking(self) -> None:
        """Take no more, and make a waiting receive() return at once; from any thread."""

    def close(self) -> None:
        """Stop taking; what is not acknowledged comes again elsewhere."""


class Graveyard(Protocol):
    """The dead letters of a queue, each held by one reader at a time."""

    def visit(self, queue: str) -> Visit:
        """Begin to read them."""


class Visit(Protocol):
    """Reading dead letters: each is either removed or stays as it was."""

    def __enter__(self) -> Visit:
        """Begin."""

    def __exit__(self, *error: object) -> None:
        """Give back all that were not removed."""

    def letters(self) -> list[tuple[int, DeadLetter]]:
        """All that can be had now, oldest first, each with its handle."""

    def remove(self, handle: int) -> None:
        """This one is done with."""


class Transport(Protocol):
    """One of the two ways that messages travel."""

    def publisher(self) -> Publisher:
        """A new publisher with a connection of its own."""

    def subscription(self, queue: str) -> Subscription:
        """A new subscription with a connection of its own."""

    def graveyard(self) -> Graveyard:
        """The dead letters."""

    def depth(self, queue: str, *, dead: bool = False) -> int:
        """How many messages wait in a queue, or are dead."""
