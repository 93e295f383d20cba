"""PostgreSQL and the broker are killed under load, not asked to end; one worker lives through all of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from bus.policy import Policy
from bus.transport.base import Message
from bus.transport.rabbit.publisher import RabbitPublisher
from bus.worker.health import unix_get
from chassis.db.migrate import migrate
from chassis.ids import new_id
from milling import DELAYS, Mill, until
from suite.backends import LocalPostgres

ROUNDS = 3
EACH = 60


@pytest.fixture
def database() -> Iterator[LocalPostgres]:
    """A PostgreSQL of this test's own, to be killed."""
    own = LocalPostgres()
    yield own
    own.close()


@pytest.fixture
def mill(database: LocalPostgres, broker: Any, make_mill: Any) -> Mill:
    """The mill, on servers that may be killed."""
    made: Mill = make_mill(broker.url, postgres=database.url)
    migrate("mill", made.url, made.service.db)
    return made


def parts(mill: Mill) -> dict[str, bool]:
    """Which threads of the worker move, by its own word."""
    _, body = unix_get(mill.folder / "health.sock", "/livez")
    found: dict[str, bool] = json.loads(body)["parts"]
    return found


def events(mill: Mill) -> list[str]:
    """What the worker's log tells, by name."""
    lines = (mill.folder / "worker.log").read_text().splitlines()
    return [json.loads(line)["event"] for line in lines if line.startswith("{")]


def test_a_worker_lives_through_killed_servers_with_all_its_threads_and_handles_everything_once(
    mill: Mill, database: LocalPostgres, broker: Any
) -> None:
    worker = mill.worker()
    for turn in range(ROUNDS):
        mill.sacks(*range(turn * EACH, (turn + 1) * EACH), each=False)
        until(lambda: len(mill.ground()) > turn * EACH, seconds=60, what="for the work to be under way")  # noqa: B023
        database.program.kill()
        if turn == 1:
            broker.settle()
            broker.kill()
            broker.start()
        before = events(mill).count("relay.database_gone")
        until(lambda: events(mill).count("relay.database_gone") > before + 1, what="for the relay to notice")  # noqa: B023
        database.start()
        mill.engine.dispose()
        until(lambda: len(set(mill.ground())) == (turn + 1) * EACH, seconds=60, what="for all of it")  # noqa: B023
    until(lambda: mill.waiting() == 0)
    assert worker.poll() is None
    assert parts(mill) == dict.fromkeys(["relay", mill.queue, "jobs"], True)
    assert Counter(mill.ground()) == Counter(range(ROUNDS * EACH))
    assert mill.dead() == []
    assert "part.failed" not in events(mill)


class Impatient(RabbitPublisher):
    """Counts the delays that the broker did not take, and waits only a second for each."""

    def __init__(self, mill: Mill) -> None:
        """On the mill's broker."""
        declare = mill.transport._declare
        super().__init__(url=mill.amqp or "", topology=mill.topology, declare=declare, timeout=1)
        self.refused = 0

    def delay(self, queue: str, message: Message, *, seconds: float) -> bool:
        """See RabbitPublisher.delay."""
        taken = super().delay(queue, message, seconds=seconds)
        self.refused += not taken
        return taken


def test_a_message_that_waits_through_a_memory_alarm_is_handled_and_never_dead(
    broker: Any, make_mill: Any
) -> None:
    mill = make_mill(broker.url)
    publisher = Impatient(mill)
    with mill.consumer(publisher=publisher, policy=Policy(delays=DELAYS[:1] * 1000)):
        with mill.relay():
            mill.sacks(1, wishes=["after stone"])
            until(lambda: mill.waiting() == 0)
        try:
            broker.ctl("set_vm_memory_high_watermark", "0.00001")
            until(lambda: publisher.refused >= 5, seconds=60, what="for five refused delays")
        finally:
            broker.ctl("set_vm_memory_high_watermark", "0.4")
        with mill.relay():
            mill.stone(new_id(), 10)
            until(lambda: mill.ground() == [1], seconds=60, what="for the sack after its stone")
    publisher.close()
    assert mill.dead() == []
