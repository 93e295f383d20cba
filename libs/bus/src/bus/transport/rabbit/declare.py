"""The broker's side of the topology: exchanges, queues, bindings. Declared again after each connection."""

from __future__ import annotations

import pika
import structlog
from pika.adapters.blocking_connection import BlockingConnection
from pika.exceptions import ChannelClosedByBroker

from bus.topology import EXCHANGE, Topology

DELIVERY_LIMIT = 100
"""Only a net below our own count, which gives up earlier. 3.10 has none by itself, 4.0 has 20 and drops."""

log = structlog.get_logger("bus.rabbit")


def parameters(url: str, *, name: str) -> pika.URLParameters:
    """Time-outs under which a frozen or full broker is noticed instead of waited for."""
    found = pika.URLParameters(url)
    found.heartbeat = 30
    found.blocked_connection_timeout = 30
    found.socket_timeout = 10
    found.stack_timeout = 15
    found.connection_attempts = 1
    found.client_properties = {"connection_name": name}
    return found


def dead_queue(queue: str) -> str:
    """Where the dead letters of a queue lie."""
    return f"{queue}.dead"


def delay_name(seconds: float) -> str:
    """The exchange and the queue of one delay: a time-to-live belongs to a queue, never to a message."""
    return f"kaike.delay.{round(seconds * 1000)}ms"


def declare(url: str, topology: Topology, delays: tuple[float, ...]) -> None:
    """Make sure that everything is there."""
    connection = BlockingConnection(parameters(url, name="kaike.topology"))
    try:
        channel = connection.channel()
        channel.exchange_declare(EXCHANGE, exchange_type="topic", durable=True)
        for seconds in delays:
            _declare_delay(connection, seconds)
        for queue, types in topology.queues.items():
            _declare_queue(connection, dead_queue(queue), {"x-delivery-limit": 1_000_000})
            _declare_queue(connection, queue, _main_arguments(queue))
            for event_type in types:
                channel.queue_bind(queue, EXCHANGE, routing_key=event_type)
    finally:
        if connection.is_open:
            connection.close()


def _main_arguments(queue: str) -> dict[str, str | int]:
    return {
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": dead_queue(queue),
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",  # at-least-once asks for it; without a length limit it never happens
    }


def _declare_delay(connection: BlockingConnection, seconds: float) -> None:
    name = delay_name(seconds)
    connection.channel().exchange_declare(name, exchange_type="fanout", durable=True)
    _declare_queue(
        connection,
        name,
        {
            "x-message-ttl": round(seconds * 1000),
            "x-dead-letter-exchange": "",  # back to the queue that the routing key names
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        },
    )
    connection.channel().queue_bind(name, name)


def _declare_queue(connection: BlockingConnection, queue: str, arguments: dict[str, str | int]) -> None:
    """A queue that is there with other arguments (an older release, an operator's) is taken as it is."""
    channel = connection.channel()
    try:
        channel.queue_declare(queue, durable=True, arguments={"x-queue-type": "quorum", **arguments})
        channel.close()
    except ChannelClosedByBroker as refusal:
        if refusal.reply_code != 406:
            raise
        log.warning("queue.has_other_arguments", queue=queue, said=refusal.reply_text)


def forget(url: str, topology: Topology) -> None:
    """Delete the queues of a topology with all that is in them; for tests and for consumers that are no more."""
    connection = BlockingConnection(parameters(url, name="kaike.topology"))
    try:
        channel = connection.channel()
        for queue in topology.queues:
            channel.queue_delete(queue)
            channel.queue_delete(dead_queue(queue))
    finally:
        connection.close()
