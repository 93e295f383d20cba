"""Reading the queues of dead letters: each letter is held unacknowledged until it is removed or given back."""

from __future__ import annotations

from datetime import datetime
from threading import Event
from typing import Any

from pika.adapters.blocking_connection import BlockingConnection
from pika.exceptions import ChannelClosedByBroker, ConnectionClosedByBroker

from bus.transport.base import ATTEMPTS, DIED, REASON, DeadLetter, Message
from bus.transport.rabbit.declare import dead_queue, parameters
from bus.transport.rabbit.properties import from_amqp

NO_SUCH_QUEUE = 404
NOT_READY = 541
PAUSES = (0.1, 0.3, 1.0)
"""Seconds."""


class RabbitGraveyard:
    """The dead letters of a broker."""

    def __init__(self, *, url: str) -> None:
        """Connects only when visited."""
        self._url = url

    def visit(self, queue: str) -> RabbitVisit:
        """A connection of its own, closed at the end of the visit."""
        return RabbitVisit(url=self._url, queue=queue)


class RabbitVisit:
    """Dead letters of one queue, held by this connection."""

    def __init__(self, *, url: str, queue: str) -> None:
        """See RabbitGraveyard.visit."""
        self._url = url
        self._queue = queue
        self._connection: BlockingConnection | None = None
        self._channel: Any = None

    def __enter__(self) -> RabbitVisit:
        """Connect."""
        self._connect()
        return self

    def _connect(self) -> None:
        self._connection = BlockingConnection(parameters(self._url, name="kaike.dead"))
        self._channel = self._connection.channel()

    def __exit__(self, *error: object) -> None:
        """Closing gives back what was not removed."""
        if self._connection is not None and self._connection.is_open:
            self._connection.close()

    def letters(self) -> list[tuple[int, DeadLetter]]:
        """All that lie there now; none where no consumer has declared the queue yet.

        A quorum queue that was declared a moment ago has no leader yet, for which the broker closes the connection.
        """
        for pause in (*PAUSES, None):
            try:
                return self._held() if self._declared() else []
            except ConnectionClosedByBroker as error:
                if error.reply_code != NOT_READY or pause is None:
                    raise
            Event().wait(pause)
            self._connect()
        raise AssertionError("the last pause returns or raises")

    def _held(self) -> list[tuple[int, DeadLetter]]:
        found: list[tuple[int, DeadLetter]] = []
        while True:
            method, properties, body = self._channel.basic_get(dead_queue(self._queue))
            if method is None:
                return found
            message = from_amqp(properties, body)
            found.append((method.delivery_tag, _letter(self._queue, message, properties.headers or {})))

    def _declared(self) -> bool:
        assert self._connection is not None
        probe = self._connection.channel()  # asking for a queue that is not there closes the channel
        try:
            probe.queue_declare(dead_queue(self._queue), passive=True)
        except ChannelClosedByBroker as error:
            if error.reply_code != NO_SUCH_QUEUE:
                raise
            return False
        probe.close()
        return True

    def remove(self, handle: int) -> None:
        """Acknowledge it."""
        self._channel.basic_ack(handle)


def _letter(queue: str, message: Message, headers: dict[str, Any]) -> DeadLetter:
    died_at = message.headers.get(DIED)
    if died_at is not None:
        when: datetime | None = datetime.fromisoformat(str(died_at))
    else:  # the broker gave it up by itself, at its delivery limit
        when = (headers.get("x-death") or [{}])[0].get("time")
    broker_reason = f"broker: {headers.get('x-first-death-reason', 'unknown')}"
    return DeadLetter(
        queue=queue,
        message=message,
        reason=str(message.headers.get(REASON, broker_reason)),
        attempts=int(message.headers.get(ATTEMPTS, 0)),
        died_at=when,
    )
