"""RabbitMQ's own: what is returned, deleted, cancelled, or was declared otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pika
import pytest
from bus.topology import Topology
from bus.transport.base import Message
from bus.transport.rabbit import RabbitTransport
from bus.transport.rabbit.declare import dead_queue, declare, forget
from chassis.ids import new_id
from milling import queue_name, until

SACK = "mill.sack.ground.v1"


@pytest.fixture
def topology(amqp_address: str) -> Iterator[Topology]:
    made = Topology({queue_name(): (SACK,)})
    yield made
    forget(amqp_address, made)


@pytest.fixture
def queue(topology: Topology) -> str:
    return next(iter(topology.queues))


@pytest.fixture
def transport(amqp_address: str, topology: Topology) -> RabbitTransport:
    return RabbitTransport(url=amqp_address, topology=topology, delays=(0.3,))


@contextmanager
def channel(url: str) -> Iterator[Any]:
    connection = pika.BlockingConnection(pika.URLParameters(url))
    try:
        yield connection.channel()
    finally:
        connection.close()


def message() -> Message:
    return Message(id=new_id(), type=SACK, body=b"{}")


def test_what_no_queue_took_is_not_confirmed_until_the_queue_is_there_again(
    amqp_address: str, transport: RabbitTransport, queue: str
) -> None:
    publisher = transport.publisher()
    assert publisher.announce([message()]) == [True]
    with channel(amqp_address) as other:
        other.queue_delete(queue)
    assert publisher.announce([message(), message()]) == [False, False]
    publisher.refresh()
    until(lambda: publisher.announce([message()]) == [True])
    publisher.close()


def test_a_consumer_whose_queue_was_deleted_declares_it_and_takes_again(
    amqp_address: str, transport: RabbitTransport, queue: str
) -> None:
    subscription, publisher = transport.subscription(queue), transport.publisher()
    until(lambda: subscription.ready)
    with channel(amqp_address) as other:
        other.queue_delete(queue)
    until(lambda: not subscription.ready)
    until(lambda: subscription.ready)
    assert publisher.send(queue, [message()]) == [True]
    assert len(subscription.receive(limit=1, timeout=10)) == 1
    subscription.close()
    publisher.close()


def test_a_queue_with_other_arguments_is_taken_as_it_is(
    amqp_address: str, transport: RabbitTransport, topology: Topology, queue: str
) -> None:
    with channel(amqp_address) as other:
        other.queue_declare(queue, durable=True, arguments={"x-queue-type": "quorum", "x-delivery-limit": 7})
    declare(amqp_address, topology, (0.3,))
    publisher = transport.publisher()
    assert publisher.announce([message()]) == [True]
    publisher.close()


def test_what_the_broker_gives_up_by_itself_is_a_dead_letter_too(
    amqp_address: str, transport: RabbitTransport, topology: Topology, queue: str
) -> None:
    declare(amqp_address, topology, (0.3,))
    publisher = transport.publisher()
    publisher.send(queue, [message()])
    with channel(amqp_address) as other:
        until(
            lambda: (
                (got := other.basic_get(queue))[0]
                and other.basic_reject(got[0].delivery_tag, requeue=False) is None
            )
        )
    until(lambda: transport.depth(queue, dead=True) == 1)
    with transport.graveyard().visit(queue) as visit:
        ((_, letter),) = visit.letters()
    assert letter.reason == "broker: rejected"
    assert letter.died_at is not None
    publisher.close()


def test_a_publisher_whose_connection_falls_says_so_and_comes_back(
    transport: RabbitTransport,
) -> None:
    publisher = transport.publisher()
    assert publisher.announce([message()]) == [True]
    publisher.refresh()
    until(lambda: publisher.announce([message()] * 3) == [True] * 3)
    publisher.close()
    assert publisher.announce([message()]) == [False]


def test_dead_letters_are_replicated_and_outlive_being_looked_at(
    amqp_address: str, topology: Topology, queue: str
) -> None:
    declare(amqp_address, topology, (0.3,))
    arguments = {"x-queue-type": "quorum", "x-delivery-limit": 1_000_000}
    with channel(amqp_address) as other:  # a redeclaration with anything else would be refused
        other.queue_declare(dead_queue(queue), durable=True, arguments=arguments)


def test_what_is_still_on_its_way_when_a_consumer_stops_keeps_its_place(
    transport: RabbitTransport, queue: str
) -> None:
    """pika sends what arrives between cancel and its answer straight back: before what came earlier."""
    sent = [Message(id=new_id(), type=SACK, body=b"." * 20_000) for _ in range(150)]
    publisher = transport.publisher()
    assert all(publisher.send(queue, sent))
    first = transport.subscription(queue)
    (taken,) = first.receive(limit=1, timeout=10)
    first.stop_taking()  # megabytes are still in the socket
    first.ack([taken])
    first.close()
    second = transport.subscription(queue)
    arrived = [taken.message]

    def all_arrived() -> bool:
        arrived.extend(each.message for each in second.receive(limit=200, timeout=1))
        return len(arrived) >= len(sent)

    until(all_arrived)
    assert [each.id for each in arrived] == [each.id for each in sent]
    second.close()
    publisher.close()
