"""What becomes of a batch of deliveries. Every path commits before it acknowledges."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
import structlog
from chassis.db import DatabaseError, is_away, reading, transaction
from sqlalchemy.orm import Session, sessionmaker

from bus import metrics
from bus.consumer import Consumer
from bus.envelope import Event, decode
from bus.errors import BusError, NotYet, SchemaBroken, UnknownEvent
from bus.handling import suspects
from bus.handling.dispatch import dispatch
from bus.handling.inbox import Inbox
from bus.handling.outcomes import Outcomes
from bus.handling.said import said, where
from bus.policy import Policy
from bus.transport.base import Delivery

log = structlog.get_logger("bus.consumer")


class DatabaseGone(BusError):
    """The service's database does not answer: no message is to blame, it is waited for."""


class Readable(NamedTuple):
    """A delivery whose envelope and data are in order."""

    delivery: Delivery
    event: Event


class Handler:
    """Handles deliveries of one consumer."""

    def __init__(
        self,
        *,
        consumer: Consumer,
        sessions: sessionmaker[Session],
        outcomes: Outcomes,
        policy: Policy,
        clock: Callable[[], datetime],
        inbox: Inbox | None = None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        """`stopping()` is asked between messages that are handled one by one."""
        self._consumer = consumer
        self._sessions = sessions
        self._outcomes = outcomes
        self._policy = policy
        self._clock = clock
        self._inbox = inbox or Inbox(consumer.name)
        self._stopping = stopping
        self._lag = metrics.LAG.labels(consumer=consumer.name)
        self._uncleared: set[UUID] = set()
        """Messages that ended here while their count of starts could not be cleared: they have killed nothing."""
        self.beat = time.monotonic()
        """When it last began something: it is alive while this moves."""

    def handle(self, deliveries: Sequence[Delivery]) -> None:
        """Settle these in order; some stay unsettled when `stopping()`.

        Raises DatabaseGone or BrokerGone; what is not settled by then has to be handled again, and has lost nothing
        by it: neither an attempt nor a start.
        """
        self._clear_ended()
        for suspect, run in groupby(deliveries, key=lambda each: each.suspect):
            readable = [found for each in run if (found := self._read(each))]
            if not suspect and len(readable) > 1 and self._together(readable):
                continue
            for each in readable:
                if self._stopping():
                    return
                self._alone(each)

    def _read(self, delivery: Delivery) -> Readable | None:
        """The event, or None after a message that can never be read was buried."""
        try:
            event = decode(delivery.message.body)
            if event.id != delivery.message.id:
                raise SchemaBroken("the message's id is not its envelope's")
        except (SchemaBroken, UnknownEvent) as error:
            self._outcomes.bury(delivery, reason=said(error), now=self._clock())
            return None
        return Readable(delivery, event)

    def _together(self, batch: Sequence[Readable]) -> bool:
        """All in one transaction. False when that failed and nothing was changed."""
        begun = self._beat()
        try:
            self._commit([each.event for each in batch], suspect=False)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the message must go somewhere
            self._must_answer(error)
            log.warning(
                "batch.redone_one_by_one", consumer=self._consumer.name, size=len(batch), error=said(error)
            )
            return False
        metrics.BATCH.labels(consumer=self._consumer.name).observe(time.monotonic() - begun)
        self._outcomes.handled([each.delivery for each in batch])
        return True

    def _alone(self, one: Readable) -> None:
        """In a transaction of its own, a few times at once; then later, or never."""
        suspect = one.delivery.suspect
        if suspect and self._begin_again(one.event) > self._policy.starts:
            self._give_up(
                one, reason=f"begun {self._policy.starts} times and never ended: it kills its process"
            )
            return
        failure = self._try_suspect(one.event) if suspect else self._try(one.event, suspect=False)
        if failure is None:
            self._outcomes.handled([one.delivery])
        else:
            self._outcomes.failed(one.delivery, reason=said(failure), now=self._clock())

    def _try_suspect(self, event: Event) -> Exception | None:
        """Try it, and clear its count as soon as its handler has ended, whatever becomes of the message then."""
        try:
            failure = self._try(event, suspect=True)
        except DatabaseGone:
            self._uncleared.add(event.id)
            raise
        if failure is not None:
            self._uncleared.add(event.id)
            self._clear_ended()
        return failure

    def _try(self, event: Event, *, suspect: bool) -> Exception | None:
        """None when it is committed, else the last failure. Waiting at once for what has not arrived is no use."""
        failure: Exception | None = None
        for _ in range(self._policy.tries):
            self._beat()
            try:
                self._commit([event], suspect=suspect)
            except NotYet as error:
                return error
            except Exception as error:  # noqa: BLE001 - whatever a handler raises, the message must go somewhere
                self._must_answer(error)
                failure = error
                log.warning(
                    "message.failed",
                    consumer=self._consumer.name,
                    event_id=str(event.id),
                    error=said(error),
                    where=where(error),
                )
            else:
                return None
        return failure

    def _commit(self, events: Sequence[Event], *, suspect: bool) -> None:
        """Inbox, business and new announcements in one transaction."""
        now = self._clock()
        with self._sessions() as session, transaction(session):
            fresh = self._inbox.take(session, events, now=now)
            dispatch(session, self._consumer, fresh)
            if suspect:
                for event in events:
                    suspects.clear(session, consumer=self._consumer.name, message_id=event.id)
        for event in fresh:
            self._lag.observe(max((now - event.time).total_seconds(), 0))

    def _give_up(self, one: Readable, *, reason: str) -> None:
        self._outcomes.bury(one.delivery, reason=reason, now=self._clock())
        self._uncleared.add(one.event.id)  # a later life, after a replay, is counted anew
        self._clear_ended()

    def _begin_again(self, event: Event) -> int:
        """Count one more start. Where the answer of the commit is lost it may be counted, and must not stay."""
        try:
            with self._counting() as session:
                return suspects.count(
                    session, consumer=self._consumer.name, message_id=event.id, now=self._clock()
                )
        except DatabaseGone:
            self._uncleared.add(event.id)
            raise

    def _clear_ended(self) -> None:
        """Clear the counts of those that came to an end; later ones, after a delay or a replay, are counted anew."""
        if not self._uncleared:
            return
        ended = set(self._uncleared)
        with self._counting() as session:
            for message_id in ended:
                suspects.clear(session, consumer=self._consumer.name, message_id=message_id)
        self._uncleared -= ended

    @contextmanager
    def _counting(self) -> Iterator[Session]:
        try:
            with self._sessions() as session, transaction(session):
                yield session
        except DatabaseError as error:
            raise DatabaseGone(said(error)) from error

    def _must_answer(self, error: Exception) -> None:
        """Raise DatabaseGone unless the database can do its work: then the failure is the message's own.

        That it answers is not enough: with a full disk, and as a standby, it still reads.
        """
        if is_away(error):
            raise DatabaseGone(said(error)) from error
        try:
            with reading(), self._sessions() as session:
                session.execute(sa.select(1))
        except DatabaseError:
            raise DatabaseGone(said(error)) from error

    def _beat(self) -> float:
        self.beat = time.monotonic()
        return self.beat
