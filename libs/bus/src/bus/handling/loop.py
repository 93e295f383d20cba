"""The thread of one consumer: take a batch, have it handled, until told to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
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
                self._settle(self._subscription.receive(limit=self._batch, timeout=1.0))
        finally:
            self._subscription.close()

    def stop(self) -> None:
        """Take no more; from any thread."""
        self._stop.set()
        self._subscription.stop_taking()

    def _settle(self, deliveries: Sequence[Delivery]) -> None:
        """Handle them, waiting for the database or the broker when these are away."""
        backoff = Backoff(first=0.2, most=10)
        left = list(deliveries)
        while left:
            try:
                self._handler.handle(left)
                return
            except DatabaseGone as error:
                log.warning("database.gone", consumer=self.name, error=str(error))
            except BrokerGone as error:
                # Taken back, they are delivered again; the inbox knows those that were committed.
                log.warning("broker.gone", consumer=self.name, error=str(error))
                self._subscription.refresh()
                left = []
            self._stop.wait(backoff.next())
            self._beat = time.monotonic()
            if self._stop.is_set():
                return
            left = [each for each in left if not each.settled]
