"""The thread of one consumer: take a batch, have it handled, until told to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from chassis import troubles
from sqlalchemy.orm import Session, sessionmaker

from bus.backoff import Backoff
from bus.consumer import Consumer
from bus.errors import BrokerGone
from bus.handling.handler import DatabaseGone, Handler
from bus.handling.inbox import Inbox
from bus.handling.outcomes import Outcomes
from bus.policy import Policy
from bus.transport.base import Delivery, Publisher, Subscription

BATCH = 100

log = structlog.get_logger("bus.consumer")


class ConsumerLoop:
    """Runs one consumer on one subscription."""

    def __init__(
        self,
        *,
        consumer: Consumer,
        sessions: sessionmaker[Session],
        subscription: Subscription,
        publisher: Publisher,
        clock: Callable[[], datetime],
        policy: Policy | None = None,
        inbox: Inbox | None = None,
        batch: int = BATCH,
    ) -> None:
        """The subscription is closed at the end of run(); the publisher belongs to the caller."""
        policy = policy or Policy()
        self.name = consumer.name
        self._subscription = subscription
        self._batch = batch
        self._stop = threading.Event()
        self._receiving = Backoff(first=0.2, most=10)
        self._lost = False
        self._beat = time.monotonic()
        outcomes = Outcomes(
            queue=consumer.name, publisher=publisher, subscription=subscription, policy=policy
        )
        self._handler = Handler(
            consumer=consumer,
            sessions=sessions,
            outcomes=outcomes,
            policy=policy,
            clock=clock,
            inbox=inbox,
            stopping=self._stop.is_set,
        )

    @property
    def ready(self) -> bool:
        """Whether its messages can arrive."""
        return self._subscription.ready

    @property
    def beat(self) -> float:
        """When it last moved, on the monotonic clock."""
        return max(self._beat, self._handler.beat)

    def run(self) -> None:
        """Until stop(): then the batch under way is finished, and the rest comes again elsewhere."""
        try:
            while not self._stop.is_set():
                self._beat = time.monotonic()
                self._settle(self._receive())
        finally:
            self._subscription.close()

    def stop(self) -> None:
        """Take no more; from any thread."""
        self._stop.set()
        self._subscription.stop_taking()

    def _receive(self) -> Sequence[Delivery]:
        """What has arrived; nothing, after a pause, while the queue can't be read."""
        try:
            if self._lost:
                self._subscription.refresh()
            deliveries = self._subscription.receive(limit=self._batch, timeout=1.0)
        except BrokerGone as error:
            self._lost = True
            self._say_gone(error)
            self._stop.wait(self._receiving.next())
            return ()
        self._lost = False
        self._receiving.reset()
        return deliveries

    def _settle(self, deliveries: Sequence[Delivery]) -> None:
        """Handle them, waiting for the database or the broker when these are away.

        They are kept meanwhile: given back each time, they would use up the broker's own limit of deliveries, the
        innocent ones beside them too. Those of a lost connection come again; the inbox knows what was committed.
        """
        backoff = Backoff(first=0.2, most=10)
        left = list(deliveries)
        while True:
            try:
                self._handler.handle(left)
                return
            except (DatabaseGone, BrokerGone) as error:
                self._say_gone(error)
            self._stop.wait(backoff.next())
            self._beat = time.monotonic()
            if self._stop.is_set():
                return
            left = [each for each in left if not each.settled and self._subscription.holds(each)]

    def _say_gone(self, error: DatabaseGone | BrokerGone) -> None:
        database = isinstance(error, DatabaseGone)
        if database:
            troubles.met("database")
        log.warning("database.gone" if database else "broker.gone", consumer=self.name, error=str(error))
