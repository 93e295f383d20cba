"""The ways a delivery ends: handled, delayed, buried. Each is safe elsewhere before it is acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog

from bus import metrics
from bus.errors import BrokerGone
from bus.policy import Policy
from bus.transport.base import ATTEMPTS, DIED, ORIGIN, REASON, Delivery, Publisher, Subscription

log = structlog.get_logger("bus.consumer")


class Outcomes:
    """Acknowledges for one consumer. Raises BrokerGone when a message could not be put away."""

    def __init__(
        self, *, queue: str, publisher: Publisher, subscription: Subscription, policy: Policy
    ) -> None:
        """`publisher` puts away on a connection apart from the one that consumes."""
        self._queue = queue
        self._publisher = publisher
        self._subscription = subscription
        self._policy = policy

    def handled(self, deliveries: Sequence[Delivery]) -> None:
        """Their change is committed."""
        self._settle(deliveries, outcome="handled")

    def failed(self, delivery: Delivery, *, reason: str, now: datetime) -> None:
        """Try again after a delay, or bury when all delays are used up."""
        message = delivery.message
        if message.attempts >= len(self._policy.delays):
            self.bury(delivery, reason=reason, now=now)
            return
        seconds = self._policy.delays[message.attempts]
        again = message.with_headers({ATTEMPTS: message.attempts + 1})
        self._must(self._publisher.delay(self._queue, again, seconds=seconds))
        log.info(
            "message.delayed", consumer=self._queue, event_id=str(message.id), seconds=seconds, reason=reason
        )
        self._settle([delivery], outcome="delayed")

    def bury(self, delivery: Delivery, *, reason: str, now: datetime) -> None:
        """Put it with the dead letters, with the reason."""
        why = {REASON: reason[:500], ORIGIN: self._queue, DIED: now.isoformat()}
        letter = delivery.message.with_headers(why)
        self._must(self._publisher.bury(self._queue, letter))
        log.error(
            "message.dead", consumer=self._queue, event_id=str(letter.id), type=letter.type, reason=reason
        )
        self._settle([delivery], outcome="dead")

    def _must(self, taken: bool) -> None:
        if not taken:
            raise BrokerGone(f"{self._queue}: a failed message could not be put away")

    def _settle(self, deliveries: Sequence[Delivery], *, outcome: str) -> None:
        self._subscription.ack(deliveries)
        for delivery in deliveries:
            delivery.settled = True
        metrics.HANDLED.labels(consumer=self._queue, outcome=outcome).inc(len(deliveries))
