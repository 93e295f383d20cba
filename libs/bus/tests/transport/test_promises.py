"""What both transports promise, tried through whole processes: outbox, relay, queue, consumer, inbox."""

from __future__ import annotations

import json
import signal
from typing import Any

from bus.dead import Filter, drop, find, replay
from bus.transport.base import Message
from chassis.ids import new_id
from milling import until


def test_sacks_of_one_cart_arrive_in_the_order_of_their_commits(mill: Any) -> None:
    carts = [new_id() for _ in range(5)]
    with mill.relay(), mill.consumer():
        for start in range(0, 200, 10):
            for place, cart in enumerate(carts):
                mill.sacks(*range(place * 1000 + start, place * 1000 + start + 10), cart=cart, each=False)
        until(lambda: len(mill.ground()) == 1000)
    ground = mill.ground()
    for place in range(5):
        own = [number for number in ground if number // 1000 == place]
        assert own == sorted(own)
    assert mill.waiting() == 0


def test_a_consumer_that_starts_later_than_the_producer_has_lost_nothing(mill: Any) -> None:
    with mill.relay():
        mill.sacks(*range(30))
        until(lambda: mill.waiting() == 0)
    with mill.consumer():
        until(lambda: len(mill.ground()) == 30)
    assert mill.ground() == list(range(30))


def test_a_projection_keeps_the_newest_state_however_they_arrive(mill: Any) -> None:
    stone = new_id()
    with mill.relay(), mill.consumer():
        for speed in range(1, 40):
            mill.stone(stone, speed)
        until(lambda: _speed(mill) == 39)


def test_the_same_message_again_changes_nothing(mill: Any) -> None:
    with mill.relay() as relay:
        cart = mill.sacks(1, 2, 3)
        until(lambda: mill.waiting() == 0)
        relay.stop()
    message = _message(mill, cart, number=4)
    publisher = mill.transport.publisher()
    assert publisher.send(mill.queue, [message, message])
    assert publisher.announce([message]) == [True]
    with mill.consumer():
        until(lambda: len(mill.ground()) >= 4 and mill.transport.depth(mill.queue) == 0)
        assert publisher.send(mill.queue, [message]) == [True]
        mill.sacks(5)
        with mill.relay():
            until(lambda: 5 in mill.ground())
    publisher.close()
    assert sorted(mill.ground()) == [1, 2, 3, 4, 5]


def test_two_replicas_share_a_queue_and_nothing_is_done_twice(mill: Any) -> None:
    with mill.relay(), mill.consumer(), mill.consumer():
        for start in range(0, 400, 20):
            mill.sacks(*range(start, start + 20), each=False)
        until(lambda: len(mill.ground()) >= 400)
    assert sorted(mill.ground()) == list(range(400))


def test_a_killed_consumer_is_followed_by_one_that_does_the_rest_and_nothing_twice(mill: Any) -> None:
    mill.sacks(*range(60), each=False)
    first = mill.worker("die-before-ack", wait=False)
    assert first.wait(30) == -signal.SIGKILL
    committed = len(mill.ground())
    assert committed > 0
    mill.worker()
    until(lambda: len(mill.ground()) >= 60 and mill.transport.depth(mill.queue) == 0)
    assert mill.ground() == list(range(60))


def test_what_has_not_arrived_is_waited_for(mill: Any) -> None:
    with mill.relay(), mill.consumer():
        mill.sacks(7, wishes=["after stone"])
        mill.sacks(8)
        until(lambda: mill.ground() == [8])
        mill.stone(new_id(), 10)
        until(lambda: mill.ground() == [8, 7])
    assert mill.dead() == []


def test_a_handler_that_keeps_raising_ends_in_the_dead_letters_and_its_neighbours_do_not(mill: Any) -> None:
    with mill.relay(), mill.consumer():
        mill.sacks(
            *range(10), wishes=["raise" if number == 4 else "grind" for number in range(10)], each=False
        )
        until(lambda: len(mill.dead()) == 1)
    assert mill.ground() == [0, 1, 2, 3, 5, 6, 7, 8, 9]
    (letter,) = mill.dead()
    assert letter.attempts == 2
    assert letter.reason == "ValueError: a pebble in the sack"
    assert letter.queue == mill.queue
    assert letter.died_at is not None


def test_a_message_that_breaks_its_schema_is_dead_at_once(mill: Any) -> None:
    good, bad = _message(mill, new_id(), number=1), _message(mill, new_id(), number="three")
    unknown = Message(id=new_id(), type="mill.sack.lost.v1", body=good.body)
    noise = Message(id=new_id(), type="", body=b"\xff\x00 not json")
    publisher = mill.transport.publisher()
    assert all(publisher.send(mill.queue, [bad, noise, good, unknown]))
    with mill.consumer():
        until(lambda: len(mill.dead()) == 3 and mill.ground() == [1])
    publisher.close()
    assert {letter.attempts for letter in mill.dead()} == {0}
    assert any("data.number" in letter.reason for letter in mill.dead())


def test_a_message_that_kills_its_process_is_buried_and_its_neighbours_are_handled(mill: Any) -> None:
    wishes = ["kill" if number == 3 else "grind" for number in range(8)]
    with mill.relay():
        mill.sacks(*range(8), wishes=wishes, each=False)
        until(lambda: mill.waiting() == 0)
    deaths = 0
    while deaths < 10:
        process = mill.worker(wait=False)
        until(lambda: process.poll() is not None or len(mill.ground()) == 7, seconds=30)  # noqa: B023 - at once
        if process.poll() is None:
            break
        deaths += 1
    until(lambda: len(mill.dead()) == 1)
    assert sorted(mill.ground()) == [0, 1, 2, 4, 5, 6, 7]
    assert deaths == 4  # once in the batch, where nobody is suspected yet, and three times counted
    assert "kills its process" in mill.dead()[0].reason


def test_dead_letters_are_replayed_with_their_id_and_without_their_attempts(mill: Any) -> None:
    with mill.relay(), mill.consumer():
        mill.sacks(1, 2, wishes=["raise", "raise"])
        until(lambda: len(mill.dead()) == 2)
        mill.app.REPAIRED.set()
        first = min(mill.dead(), key=lambda each: each.message.id)
        chosen = Filter(message_id=first.message.id)
        sent = replay(mill.transport, queues=[mill.queue], which=chosen)
        assert [letter.message.id for letter in sent] == [first.message.id]
        until(lambda: mill.ground() == [1])
        assert replay(mill.transport, queues=[mill.queue], which=chosen) == []
        assert len(drop(mill.transport, queues=[mill.queue], which=Filter(reason="PEBBLE"))) == 1
    assert mill.dead() == []


def test_a_queue_that_nobody_has_declared_yet_holds_no_dead_letters(mill: Any) -> None:
    assert mill.dead() == []


def test_the_same_dead_letter_replayed_twice_is_handled_once(mill: Any) -> None:
    with mill.relay(), mill.consumer():
        mill.sacks(1, wishes=["raise"])
        until(lambda: len(mill.dead()) == 1)
        letter = find(mill.transport, queues=[mill.queue], which=Filter(event_type=mill.app.SACK))[0]
        mill.app.REPAIRED.set()
        replay(mill.transport, queues=[mill.queue], which=Filter())
        publisher = mill.transport.publisher()
        assert publisher.send(mill.queue, [letter.message.reborn()]) == [True]
        mill.sacks(2)
        until(lambda: 2 in mill.ground() and mill.transport.depth(mill.queue) == 0)
        publisher.close()
    assert sorted(mill.ground()) == [1, 2]


def test_told_to_stop_it_finishes_the_batch_and_leaves_the_rest(mill: Any) -> None:
    wishes = ["wait" if number == 40 else "grind" for number in range(350)]
    with mill.relay():
        mill.sacks(*range(350), wishes=wishes, each=False)
        until(lambda: mill.waiting() == 0)
    process = mill.worker()
    until(mill.gate.with_suffix(".reached").exists)
    process.send_signal(signal.SIGTERM)
    until(lambda: "worker.stopping" in (mill.folder / "worker.log").read_text())
    mill.gate.touch()
    assert process.wait(20) == 0
    done = mill.ground()
    assert done == list(range(len(done)))
    assert 40 < len(done) <= 140  # the batch with 40 in it, and what came before
    mill.worker()
    until(lambda: len(mill.ground()) >= 350)
    assert mill.ground() == list(range(350))


def _speed(mill: Any) -> int | None:
    with mill.sessions() as session:
        return session.scalar(mill.app.sa.select(mill.app.stones.c.speed))


def _message(mill: Any, cart: Any, *, number: object) -> Message:
    """A message as the relay would send it."""
    key = new_id()
    envelope = {
        "specversion": "1.0",
        "id": str(key),
        "source": "/kaike/mill",
        "type": mill.app.SACK,
        "subject": str(cart),
        "time": "2026-11-24T05:54:35Z",
        "sequence": "1",
        "data": {"sack_id": str(cart), "number": number, "wish": "grind"},
    }
    return Message(id=key, type=mill.app.SACK, body=json.dumps(envelope).encode())
