"""The broker dies between a publish and its confirm; with the control that shows what confirms are for."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any

import pika
from bus.topology import EXCHANGE
from bus.transport.base import Message
from bus.transport.rabbit.properties import to_amqp
from milling import until

NUMBERS = range(60)


class Careless:
    """The control: a publisher that takes writing to the socket for delivery."""

    def __init__(self, url: str) -> None:
        self._connection = pika.BlockingConnection(pika.URLParameters(url))
        self._channel = self._connection.channel()

    def announce(self, messages: Sequence[Message]) -> list[bool]:
        for message in messages:
            self._channel.basic_publish(EXCHANGE, message.type, message.body, to_amqp(message))
        return [True] * len(messages)

    def refresh(self) -> None:
        """It never notices anything."""

    def close(self) -> None:
        """Its connection fell with the broker; it notices at the latest when asked."""
        with contextlib.suppress(pika.exceptions.AMQPError):
            self._connection.process_data_events()


def kill_before_confirm(broker: Any, mill: Any, sent: Callable[[], bool]) -> None:
    """Announce while the broker stands still, wait until all is on the wire, kill the broker, start it anew."""
    broker.freeze()
    mill.sacks(*NUMBERS, each=False)
    until(sent, what="for the messages to be on the wire")
    broker.kill()
    broker.start()


def test_with_confirms_nothing_is_lost_and_nothing_is_doubled(broker: Any, make_mill: Any) -> None:
    mill = make_mill(broker.url)
    publisher = mill.transport.publisher()
    until(lambda: publisher._link.is_open)
    broker.settle()
    with mill.relay(publisher):
        kill_before_confirm(broker, mill, lambda: len(publisher._waiting) == len(NUMBERS))
        assert mill.waiting() == len(NUMBERS)
        until(lambda: mill.waiting() == 0, seconds=60)
        with mill.consumer():
            until(lambda: len(mill.ground()) >= len(NUMBERS))
            mill.sacks(1000)
            until(lambda: 1000 in mill.ground())
    assert mill.ground() == [*NUMBERS, 1000]
    assert mill.dead() == []


def test_without_confirms_something_is_lost(broker: Any, make_mill: Any) -> None:
    mill = make_mill(broker.url)
    first = mill.transport.publisher()  # declares the queue, so that it is only the confirms that are missing
    until(lambda: first._link.is_open)
    first.close()
    broker.settle()
    with mill.relay(Careless(broker.url)):
        kill_before_confirm(broker, mill, lambda: mill.waiting() == 0)
    with mill.relay(), mill.consumer():
        mill.sacks(1000)
        until(lambda: 1000 in mill.ground(), seconds=60)
    lost = set(NUMBERS) - set(mill.ground())
    assert lost, "the control must lose something, or the test above proves nothing"
