"""Publishing with pipelined confirms: a whole window is under way, and each message's fate is known."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

import structlog

from bus.topology import EXCHANGE, Topology
from bus.transport.base import Message
from bus.transport.rabbit.declare import dead_queue, delay_name
from bus.transport.rabbit.link import Link
from bus.transport.rabbit.properties import to_amqp

WINDOW = 500
CONNECTING = 3.0
"""Seconds to wait for a connection before what should be sent counts as not taken; the caller tries again."""

log = structlog.get_logger("bus.rabbit")


class Parcel(NamedTuple):
    """A message with its address. One that must not get lost is mandatory: a confirm does not mean routed."""

    exchange: str
    routing_key: str
    message: Message
    mandatory: bool


class _Window:
    """Messages under way together."""

    def __init__(self, size: int) -> None:
        self.confirmed = [False] * size
        self.done = threading.Event()
        self._open = size

    def settle(self, place: int, confirmed: bool) -> None:
        self.confirmed[place] = confirmed
        self._open -= 1
        if self._open == 0:
            self.done.set()


class RabbitPublisher:
    """One connection only for publishing; the state below `_waiting` belongs to the link's thread."""

    def __init__(
        self,
        *,
        url: str,
        topology: Topology,
        declare: Callable[[], None],
        timeout: float = 30,
        name: str = "kaike.publisher",
    ) -> None:
        """`timeout` seconds without a confirm count as not confirmed."""
        self._topology = topology
        self._timeout = timeout
        self._channel: Any = None
        self._tag = 0
        self._waiting: dict[int, tuple[_Window, int, Message]] = {}
        self._returned: set[str] = set()
        self._link = Link(url=url, name=name, declare=declare, on_open=self._opened, on_lost=self._lost)

    def announce(self, messages: Sequence[Message]) -> list[bool]:
        """To the topic exchange. A type that nobody has bound is confirmed without being routed."""
        bound = {name: bool(self._topology.bound(name)) for name in {each.type for each in messages}}
        return self._publish([Parcel(EXCHANGE, each.type, each, bound[each.type]) for each in messages])

    def send(self, queue: str, messages: Sequence[Message]) -> list[bool]:
        """Through the default exchange, straight to the queue."""
        return self._publish([Parcel("", queue, each, True) for each in messages])

    def delay(self, queue: str, message: Message, *, seconds: float) -> bool:
        """Through the delay's fanout, which leaves the routing key free to name the queue it returns to."""
        return self._publish([Parcel(delay_name(seconds), queue, message, True)])[0]

    def bury(self, queue: str, message: Message) -> bool:
        """To the queue of dead letters."""
        return self._publish([Parcel("", dead_queue(queue), message, True)])[0]

    def refresh(self) -> None:
        """Connect and declare again."""
        self._link.reset()

    def close(self) -> None:
        """Close the connection."""
        self._link.close()

    def _publish(self, parcels: Sequence[Parcel]) -> list[bool]:
        confirmed: list[bool] = []
        for start in range(0, len(parcels), WINDOW):
            confirmed += self._publish_window(parcels[start : start + WINDOW])
        return confirmed

    def _publish_window(self, parcels: Sequence[Parcel]) -> list[bool]:
        window = _Window(len(parcels))
        if not self._link.wait_open(CONNECTING) or not self._link.call(lambda: self._write(window, parcels)):
            return window.confirmed
        if not window.done.wait(self._timeout):
            log.warning("confirm.timed_out", messages=len(parcels))
            self._link.reset()
        return list(window.confirmed)

    def _write(self, window: _Window, parcels: Sequence[Parcel]) -> None:
        if self._channel is None or not self._channel.is_open:
            window.done.set()
            return
        for place, parcel in enumerate(parcels):
            self._tag += 1
            self._waiting[self._tag] = (window, place, parcel.message)
            self._channel.basic_publish(
                parcel.exchange,
                parcel.routing_key,
                parcel.message.body,
                to_amqp(parcel.message),
                mandatory=parcel.mandatory,
            )

    def _opened(self, channel: Any) -> None:
        self._tag = 0
        self._channel = channel
        channel.add_on_return_callback(self._on_return)
        channel.confirm_delivery(self._on_confirm)

    def _on_return(self, _channel: Any, method: Any, properties: Any, _body: bytes) -> None:
        # The broker returns first and confirms after.
        log.warning("message.returned", routing_key=method.routing_key, said=method.reply_text)
        self._returned.add(properties.message_id)

    def _on_confirm(self, frame: Any) -> None:
        acked = frame.method.NAME == "Basic.Ack"
        upto = frame.method.delivery_tag
        # Tags wait in order: only those that are confirmed are gone through.
        tags = list(takewhile(lambda tag: tag <= upto, self._waiting)) if frame.method.multiple else [upto]
        for tag in tags:
            window, place, message = self._waiting.pop(tag)
            returned = str(message.id) in self._returned
            self._returned.discard(str(message.id))
            window.settle(place, acked and not returned)

    def _lost(self) -> None:
        self._channel = None
        self._returned.clear()
        waiting, self._waiting = self._waiting, {}
        for window, _place, _message in waiting.values():
            window.done.set()
