"""The transport over one broker."""

from __future__ import annotations

from functools import partial

from pika.adapters.blocking_connection import BlockingConnection

from bus.policy import delays_from_env
from bus.topology import Topology
from bus.transport.rabbit.declare import dead_queue, declare, parameters
from bus.transport.rabbit.graveyard import RabbitGraveyard
from bus.transport.rabbit.publisher import RabbitPublisher
from bus.transport.rabbit.subscription import RabbitSubscription


class RabbitTransport:
    """Publishers and subscriptions, each with a connection of its own."""

    def __init__(self, *, url: str, topology: Topology, delays: tuple[float, ...] | None = None) -> None:
        """Connects only when something is asked of it."""
        self._url = url
        self._topology = topology
        self._declare = partial(declare, url, topology, delays or delays_from_env())

    def publisher(self) -> RabbitPublisher:
        """A new publisher."""
        return RabbitPublisher(url=self._url, topology=self._topology, declare=self._declare)

    def subscription(self, queue: str) -> RabbitSubscription:
        """A new subscription."""
        return RabbitSubscription(url=self._url, queue=queue, declare=self._declare)

    def graveyard(self) -> RabbitGraveyard:
        """The dead letters."""
        return RabbitGraveyard(url=self._url)

    def depth(self, queue: str, *, dead: bool = False) -> int:
        """As the broker counts it, which may lag by a moment."""
        connection = BlockingConnection(parameters(self._url, name="kaike.depth"))
        try:
            name = dead_queue(queue) if dead else queue
            return int(connection.channel().queue_declare(name, passive=True).method.message_count)
        finally:
            connection.close()
