"""The interface of the transports, held to by both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from bus.topology import Topology
from bus.transport import open_transport
from bus.transport.base import ATTEMPTS, DIED, REASON, Delivery, Message, Transport
from chassis.ids import new_id
from milling import queue_name, until

SACK, STONE, UNHEARD = "mill.sack.ground.v1", "mill.stone.changed.v1", "mill.wheel.turned.v1"


class Line:
    """A transport with two queues: both take sacks, only the first takes stones."""

    def __init__(self, transport: Transport, first: str, second: str) -> None:
        self.transport, self.first, self.second = transport, first, second
        self.publisher = transport.publisher()

    @contextmanager
    def taking(self, queue: str) -> Iterator[Any]:
        subscription = self.transport.subscription(queue)
        until(lambda: subscription.ready)
        try:
            yield subscription
        finally:
            subscription.stop_taking()
            subscription.close()


@pytest.fixture
def line(
    way: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Line]:
    monkeypatch.setenv("KAIKE_BUS_DELAYS", "0.3,0.5")
    first, second = queue_name(), queue_name()
    topology = Topology({first: (SACK, STONE), second: (SACK,)})
    amqp = request.getfixturevalue("amqp_address") if way == "rabbitmq" else None
    line = Line(open_transport(topology=topology, amqp_url=amqp, var=tmp_path), first, second)
    yield line
    line.publisher.close()
    if amqp:
        from bus.transport.rabbit.declare import forget

        forget(amqp, topology)


def message(event_type: str = SACK, **headers: Any) -> Message:
    return Message(id=new_id(), type=event_type, body="麦子".encode(), headers=headers)


def take(subscription: Any, number: int) -> list[Delivery]:
    """Exactly so many deliveries."""
    found: list[Delivery] = []
    until(
        lambda: (
            found.extend(subscription.receive(limit=number - len(found), timeout=0.2)) or len(found) == number
        )
    )
    return found


def test_an_announcement_goes_to_every_queue_bound_to_its_type(line: Line) -> None:
    sack, stone = message(), message(STONE, traceparent="00-1-1-01")
    assert line.publisher.announce([sack, stone]) == [True, True]
    with line.taking(line.first) as first, line.taking(line.second) as second:
        assert [each.message for each in take(first, 2)] == [sack, stone]
        assert [each.message for each in take(second, 1)] == [sack]
        assert second.receive(limit=10, timeout=0) == []


def test_a_type_that_nobody_hears_is_no_failure(line: Line) -> None:
    assert line.publisher.announce([message(UNHEARD), message()]) == [True, True]
    assert line.publisher.announce([]) == []


def test_sending_reaches_one_queue_only(line: Line) -> None:
    assert line.publisher.send(line.second, [message(), message()]) == [True, True]
    with line.taking(line.second) as second:
        take(second, 2)
    assert line.transport.depth(line.first) == 0


def test_no_more_than_the_limit_is_handed_out_and_the_order_is_kept(line: Line) -> None:
    sent = [message() for _ in range(50)]
    assert all(line.publisher.send(line.first, sent))
    found: list[Delivery] = []
    with line.taking(line.first) as first:
        while len(found) < 50:
            part = first.receive(limit=7, timeout=5)
            assert 0 < len(part) <= 7
            first.ack(part)
            found += part
    assert [each.message.id for each in found] == [each.id for each in sent]
    assert not any(each.redelivered for each in found)


def test_what_is_acknowledged_does_not_come_again_and_the_rest_does(line: Line) -> None:
    sent = [message() for _ in range(6)]
    line.publisher.send(line.first, sent)
    with line.taking(line.first) as first:
        found = take(first, 6)
        first.ack(found[:2])
        first.ack([found[4]])
    with line.taking(line.first) as next_one:
        again = take(next_one, 3)
        assert [each.message.id for each in again] == [sent[2].id, sent[3].id, sent[5].id]
        assert all(each.redelivered and each.suspect for each in again)
        next_one.ack(again)
    until(lambda: line.transport.depth(line.first) == 0)


def test_given_back_messages_come_again_and_old_acknowledgements_mean_nothing(line: Line) -> None:
    line.publisher.send(line.first, [message()])
    with line.taking(line.first) as first:
        (held,) = take(first, 1)
        first.refresh()
        (again,) = take(first, 1)
        assert again.message == held.message
        assert again.redelivered
        first.ack([again])
    until(lambda: line.transport.depth(line.first) == 0)


def test_a_delayed_message_returns_to_its_own_queue_after_the_delay(line: Line) -> None:
    late = message().with_headers({ATTEMPTS: 1})
    with line.taking(line.first) as first, line.taking(line.second) as second:
        assert line.publisher.delay(line.first, late, seconds=0.3)
        assert first.receive(limit=1, timeout=0) == []
        (found,) = take(first, 1)
        assert found.message == late
        assert found.suspect
        first.ack([found])
        assert second.receive(limit=1, timeout=0) == []


def test_a_waiting_taker_is_woken(line: Line) -> None:
    with line.taking(line.first) as first:
        line.publisher.send(line.first, [message()])
        assert len(first.receive(limit=1, timeout=10)) == 1
        first.stop_taking()
        assert first.receive(limit=1, timeout=10) == []


def test_dead_letters_stay_until_they_are_removed(line: Line) -> None:
    letters = [
        message().with_headers({REASON: f"no {number}", ATTEMPTS: 2, DIED: "2026-11-24T05:54:35+00:00"})
        for number in (1, 2)
    ]
    for letter in letters:
        assert line.publisher.bury(line.first, letter)
    until(lambda: line.transport.depth(line.first, dead=True) == 2)
    with line.transport.graveyard().visit(line.first) as visit:
        (handle, first), (_, second) = visit.letters()
        assert [first.message, second.message] == letters
        assert (first.reason, first.attempts, first.queue) == ("no 1", 2, line.first)
        visit.remove(handle)
    with line.transport.graveyard().visit(line.first) as visit:
        assert [letter.reason for _, letter in visit.letters()] == ["no 2"]
    assert line.transport.depth(line.first) == 0


def test_a_reborn_message_has_its_id_and_no_past() -> None:
    letter = message(traceparent="00-1-1-01").with_headers({ATTEMPTS: 4, REASON: "tired"})
    reborn = letter.reborn()
    assert (reborn.id, reborn.body, reborn.attempts) == (letter.id, letter.body, 0)
    assert set(reborn.headers) == {"traceparent", "kaike-replayed"}
    assert Delivery(message=reborn, redelivered=False, tag=1).suspect
