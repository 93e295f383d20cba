"""Events on their way: two real workers and a broker, and the moment at which the last one has arrived."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import sqlalchemy as sa
from chassis.db import after_commit
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from suite.backends import LocalRabbit

from bench.figures import BenchFailed
from bench.ground import Ground, broker
from bench.parts import worker

PATIENCE = 120.0
LOOK_EVERY = 0.01
_HANDLED = sa.text("SELECT 1 FROM bus_inbox WHERE consumer = :consumer AND message_id = :message_id")
_LAST = sa.text("SELECT message_id FROM bus_outbox ORDER BY id DESC LIMIT 1")


@contextmanager
def between(ground: Ground, producer: str, consumer: str) -> Iterator[LocalRabbit]:
    """The workers of two services on fresh databases and an empty broker."""
    ground.renew(producer)
    ground.renew(consumer)
    with (
        broker() as node,
        worker(ground, producer, amqp=node.url),
        worker(ground, consumer, amqp=node.url),
    ):
        yield node


class Stopwatch:
    """The moment of a commit, and which message was the last that it announced."""

    def __init__(self) -> None:
        self.committed = 0.0
        self.last = UUID(int=0)

    def start_at_commit(self, session: Session) -> None:
        """Called before anything is announced, it is the first to hear of the commit."""
        after_commit(session, self._note)

    def announced(self, session: Session) -> None:
        """Called after the last was announced, in the same transaction."""
        self.last = session.scalars(_LAST).one()

    def _note(self) -> None:
        self.committed = time.monotonic()


def arrival(connection: Connection, stopwatch: Stopwatch, *, queue: str, every: float = LOOK_EVERY) -> float:
    """Seconds from the commit of what was announced to the commit of what the consumer made of the last of it."""
    given = {"consumer": queue, "message_id": stopwatch.last}
    return until(connection, _HANDLED, given, every=every) - stopwatch.committed


def until(connection: Connection, look: sa.TextClause, given: dict[str, object], *, every: float) -> float:
    """The moment at which `look` finds a row; `connection` commits by itself. Raises BenchFailed after two minutes."""
    pause, end = threading.Event(), time.monotonic() + PATIENCE
    while connection.execute(look, given).one_or_none() is None:
        if time.monotonic() > end:
            raise BenchFailed(f"an event did not arrive within {PATIENCE:.0f} s")
        pause.wait(every)
    return time.monotonic()


@contextmanager
def looking(ground: Ground, name: str) -> Iterator[Connection]:
    """A connection to look with, each statement by itself."""
    with ground.engine(name).connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")
