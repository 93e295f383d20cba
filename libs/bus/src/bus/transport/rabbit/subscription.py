"""Consuming: the link's thread only carries; who handles messages does so in a thread of its own."""

from __future__ import annotations

import queue as queues
import threading
from collections.abc import Callable, Sequence
from typing import Any

import structlog

from bus.transport.base import Delivery
from bus.transport.rabbit.link import Link
from bus.transport.rabbit.properties import from_amqp

PREFETCH = 200
"""Two batches: one being handled, one waiting. More would only put more innocents beside a poison."""

HANDFUL = 32
"""So many messages are handed back by one command: the broker keeps them in an Erlang map, sorted up to this size.

One command for each would not do: when the queue is slow, its channel gathers those past the 32nd into one.
"""

log = structlog.get_logger("bus.rabbit")


class RabbitSubscription:
    """One connection that takes from one queue."""

    def __init__(
        self, *, url: str, queue: str, declare: Callable[[], None], prefetch: int = PREFETCH
    ) -> None:
        """Begins to take at once."""
        self._queue = queue
        self._prefetch = prefetch
        self._arrived: queues.SimpleQueue[Delivery | None] = queues.SimpleQueue()
        self._channel: Any = None
        self._generation = 0
        self._outstanding: dict[int, None] = {}
        self._registered = False
        self._tag = ""
        self._cancelled = threading.Event()
        self._stopping = False
        self._link = Link(
            url=url, name=f"kaike.consumer.{queue}", declare=declare, on_open=self._opened, on_lost=self._lost
        )

    @property
    def ready(self) -> bool:
        """The channel is open and the broker has registered the consumer."""
        return self._link.is_open and self._registered

    def receive(self, *, limit: int, timeout: float) -> list[Delivery]:
        """What has arrived, at most `limit`."""
        batch: list[Delivery] = []
        try:
            found = self._arrived.get(timeout=timeout)
            while found is not None:
                if self.holds(found):  # else its connection is gone; it comes again
                    batch.append(found)
                if len(batch) == limit:
                    break
                found = self._arrived.get_nowait()
        except queues.Empty:
            return batch
        return batch

    def ack(self, deliveries: Sequence[Delivery]) -> None:
        """Acknowledge; those of a lost connection are left out."""
        done = list(deliveries)
        self._link.call(lambda: self._ack(done))

    def holds(self, delivery: Delivery) -> bool:
        """Whether it came by the present connection."""
        return delivery.generation == self._generation

    def refresh(self) -> None:
        """Connect again: whatever is not acknowledged is delivered again."""
        self._link.reset()

    def stop_taking(self) -> None:
        """Cancel at the broker, while the last batch is still being handled, and wake a waiting receive()."""
        self._stopping = True
        self._arrived.put(None)
        self._link.call(self._cancel)

    def close(self) -> None:
        """Acknowledgements handed in before are still sent; the rest is handed back in order.

        A queue whose consumer simply leaves puts its messages back in any order.
        """
        if self._link.call(self._cancel) and self._cancelled.wait(5):
            self._link.call(self._hand_back)
        self._link.close()

    def _cancel(self) -> None:
        channel = self._channel
        if channel is None or not channel.is_open:
            self._cancelled.set()
        elif self._tag:
            channel.basic_cancel(self._tag, callback=lambda _frame: self._cancelled.set())
            # pika would reject what arrives before the broker's answer, at once, and so put it back before
            # what arrived earlier and is still held here; taken off this list, it is delivered like the rest.
            channel._cancelled.discard(self._tag)
            self._tag = ""

    def _hand_back(self) -> None:
        if self._channel is not None and self._channel.is_open:
            left = list(self._outstanding)
            for start in range(0, len(left), HANDFUL):
                last = left[start : start + HANDFUL][-1]
                self._channel.basic_nack(last, multiple=True, requeue=True)
        self._outstanding = {}

    def _opened(self, channel: Any) -> None:
        self._generation += 1
        self._outstanding = {}
        self._channel = channel
        if self._stopping:
            return
        channel.add_on_cancel_callback(self._cancelled_by_broker)
        channel.basic_qos(prefetch_count=self._prefetch)
        self._tag = channel.basic_consume(self._queue, self._deliver, callback=self._consuming)

    def _consuming(self, _frame: Any) -> None:
        self._registered = True

    def _cancelled_by_broker(self, _frame: Any) -> None:
        log.warning("consumer.cancelled", queue=self._queue)  # the queue was deleted, or its node is gone
        self._link.reset()

    def _deliver(self, _channel: Any, method: Any, properties: Any, body: bytes) -> None:
        self._outstanding[method.delivery_tag] = None
        self._arrived.put(
            Delivery(
                message=from_amqp(properties, body),
                redelivered=method.redelivered,
                tag=method.delivery_tag,
                generation=self._generation,
            )
        )

    def _ack(self, deliveries: Sequence[Delivery]) -> None:
        tags = [each.tag for each in deliveries if each.generation == self._generation]
        if not tags or self._channel is None or not self._channel.is_open:
            return
        for tag in tags:
            self._outstanding.pop(tag, None)
        oldest_left = next(iter(self._outstanding), None)
        if oldest_left is None or oldest_left > max(tags):
            self._channel.basic_ack(max(tags), multiple=True)
            return
        for tag in tags:
            self._channel.basic_ack(tag)

    def _lost(self) -> None:
        self._registered = False
        self._channel = None
        self._generation += 1
        if self._stopping:
            self._cancelled.set()
