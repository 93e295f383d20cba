"""The embedded transport's own: living and dead takers, files that go wrong."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bus.errors import BrokerGone
from bus.topology import Topology
from bus.transport.base import Message
from bus.transport.embedded import EmbeddedTransport
from bus.transport.embedded.store import moment
from bus.transport.embedded.subscription import LEASE_SECONDS
from chassis.ids import new_id
from milling import until

QUEUE, SACK = "mill.sacks", "mill.sack.ground.v1"

OLD_TABLE = """
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL, type TEXT NOT NULL, body BLOB NOT NULL,
    headers TEXT NOT NULL, visible_at REAL NOT NULL, taken_by TEXT, taken_at REAL,
    deliveries INTEGER NOT NULL DEFAULT 0
)
"""

TAKE_AND_HANG = """
import sys
from pathlib import Path
from bus.transport.embedded.subscription import EmbeddedSubscription
subscription = EmbeddedSubscription(folder=Path(sys.argv[1]), queue="mill.sacks")
print(len(subscription.receive(limit=2, timeout=5)), flush=True)
sys.stdin.read()
"""


def transport(folder: Path) -> EmbeddedTransport:
    return EmbeddedTransport(folder=folder, topology=Topology({QUEUE: (SACK,)}))


def message() -> Message:
    return Message(id=new_id(), type=SACK, body=b"{}")


def test_what_a_killed_process_held_is_free_at_once_and_what_a_living_one_holds_is_not(
    tmp_path: Path,
) -> None:
    publisher = transport(tmp_path).publisher()
    publisher.announce([message(), message(), message()])
    taker = subprocess.Popen(
        [sys.executable, "-c", TAKE_AND_HANG, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert taker.stdout is not None
    assert taker.stdin is not None
    assert taker.stdout.readline() == b"2\n"
    ours = transport(tmp_path).subscription(QUEUE)
    (third,) = ours.receive(limit=10, timeout=0)
    assert not third.redelivered
    assert ours.receive(limit=10, timeout=0.1) == []
    taker.kill()
    taker.wait(10)
    freed = ours.receive(limit=10, timeout=0.1)
    assert [each.redelivered for each in freed] == [True, True]
    taker.stdin.close()
    taker.stdout.close()
    ours.close()
    publisher.close()


def test_a_taker_that_hangs_longer_than_any_work_takes_loses_what_it_holds(tmp_path: Path) -> None:
    publisher = transport(tmp_path).publisher()
    publisher.announce([message()])
    hanging, other = transport(tmp_path).subscription(QUEUE), transport(tmp_path).subscription(QUEUE)
    (held,) = hanging.receive(limit=1, timeout=0)
    with sqlite3.connect(tmp_path / f"{QUEUE}.sqlite3") as file:
        file.execute("UPDATE messages SET taken_at = taken_at - ?", (LEASE_SECONDS + 1,))
    file.close()
    assert len(other.receive(limit=1, timeout=0.05)) == 1
    hanging.ack([held])
    assert transport(tmp_path).depth(QUEUE) == 1  # a late acknowledgement does not remove what another holds
    for each in (hanging, other, publisher):
        each.close()


def test_a_queue_that_cannot_be_written_is_not_confirmed_and_the_others_are(tmp_path: Path) -> None:
    both = Topology({QUEUE: (SACK,), "mill.others": ("mill.stone.changed.v1",)})
    publisher = EmbeddedTransport(folder=tmp_path, topology=both).publisher()
    publisher.refresh()
    for rest in tmp_path.glob(f"{QUEUE}.sqlite3*"):
        rest.unlink()
    (tmp_path / f"{QUEUE}.sqlite3").mkdir()
    other = Message(id=new_id(), type="mill.stone.changed.v1", body=b"{}")
    assert publisher.announce([message(), other, message()]) == [False, True, False]
    (tmp_path / f"{QUEUE}.sqlite3").rmdir()
    assert publisher.announce([message()]) == [True]
    publisher.close()


def test_two_takers_never_hold_the_same_message(tmp_path: Path) -> None:
    publisher = transport(tmp_path).publisher()
    publisher.announce([message() for _ in range(100)])
    takers = [transport(tmp_path).subscription(QUEUE) for _ in range(2)]
    held = [
        delivery.tag for _ in range(20) for taker in takers for delivery in taker.receive(limit=5, timeout=0)
    ]
    assert len(held) == len(set(held)) == 100
    for each in (*takers, publisher):
        each.close()


def set_the_clock(monkeypatch: pytest.MonkeyPatch, *, by: float) -> None:
    """Move the time of day, as somebody who sets the machine's clock would."""
    real = time.time
    monkeypatch.setattr("time.time", lambda: real() + by)


@pytest.mark.parametrize("hours", [-1, 400 * 24])
def test_setting_the_clock_neither_stops_a_queue_nor_breaks_its_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: float
) -> None:
    publisher, taker = transport(tmp_path).publisher(), transport(tmp_path).subscription(QUEUE)
    sent = [message() for _ in range(4)]
    publisher.announce(sent[:2])
    set_the_clock(monkeypatch, by=hours * 3600)
    publisher.announce(sent[2:])
    assert [each.message.id for each in taker.receive(limit=10, timeout=0)] == [each.id for each in sent]
    for each in (taker, publisher):
        each.close()


@pytest.mark.parametrize("hours", [-1, 400 * 24])
def test_setting_the_clock_makes_a_delay_neither_longer_nor_shorter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: float
) -> None:
    publisher, taker = transport(tmp_path).publisher(), transport(tmp_path).subscription(QUEUE)
    assert publisher.delay(QUEUE, message(), seconds=0.4)
    set_the_clock(monkeypatch, by=hours * 3600)
    assert taker.receive(limit=1, timeout=0) == []
    until(lambda: taker.receive(limit=1, timeout=1))
    for each in (taker, publisher):
        each.close()


def test_setting_the_clock_takes_nothing_from_a_living_taker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher = transport(tmp_path).publisher()
    publisher.announce([message()])
    holding, other = transport(tmp_path).subscription(QUEUE), transport(tmp_path).subscription(QUEUE)
    assert len(holding.receive(limit=1, timeout=0)) == 1
    set_the_clock(monkeypatch, by=400 * 86_400)
    assert other.receive(limit=1, timeout=0.05) == []
    for each in (holding, other, publisher):
        each.close()


def test_what_was_delayed_before_the_machine_started_anew_waits_no_longer_than_its_delay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher, taker = transport(tmp_path).publisher(), transport(tmp_path).subscription(QUEUE)
    with monkeypatch.context() as before:
        before.setattr("bus.transport.embedded.store.moment", lambda: moment() + 9e6)
        assert publisher.delay(QUEUE, message(), seconds=60)
    assert len(taker.receive(limit=1, timeout=0)) == 1
    for each in (taker, publisher):
        each.close()


def test_messages_of_an_older_release_are_due_at_once(tmp_path: Path) -> None:
    waiting = message()
    with sqlite3.connect(tmp_path / f"{QUEUE}.sqlite3") as file:
        file.execute(OLD_TABLE)
        file.execute(
            "INSERT INTO messages (message_id, type, body, headers, visible_at) VALUES (?, ?, ?, '{}', ?)",
            (str(waiting.id), SACK, b"{}", time.time()),
        )
    file.close()
    taker = transport(tmp_path).subscription(QUEUE)
    assert [each.message.id for each in taker.receive(limit=1, timeout=0)] == [waiting.id]
    taker.close()


def test_a_queue_that_cannot_be_written_now_is_opened_anew_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    publisher, taker = transport(tmp_path).publisher(), transport(tmp_path).subscription(QUEUE)
    publisher.announce([message(), message()])
    (held,) = taker.receive(limit=1, timeout=0)
    for work in (lambda: taker.ack([held]), lambda: taker.receive(limit=1, timeout=0)):
        assert taker._file is not None
        taker._file._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(BrokerGone):
            work()
        assert not taker.ready
        taker.ack([])  # whatever is asked of it next
    taker.ack([held])
    assert len(taker.receive(limit=5, timeout=0)) == 1
    for each in (taker, publisher):
        each.close()
