"""A consumer dies between its commit and its acknowledgement; with the control that shows what the inbox is for."""

from __future__ import annotations

import signal
from collections import Counter
from typing import Any

import pytest
from milling import until

NUMBERS = range(40)


@pytest.fixture(params=["embedded", "rabbitmq"])
def mill(request: pytest.FixtureRequest, make_mill: Any) -> Any:
    """On both transports."""
    if request.param == "embedded":
        return make_mill(None)
    from suite.backends import ensure

    return make_mill(ensure(postgres=False).amqp)


def die_and_go_on(mill: Any, *faults: str) -> Counter[int]:
    """Handle everything through a process that is killed after its first commit and one that follows it."""
    with mill.relay():
        mill.sacks(*NUMBERS, each=False)
        until(lambda: mill.waiting() == 0)
    first = mill.worker("die-before-ack", *faults, wait=False)
    assert first.wait(30) == -signal.SIGKILL
    assert mill.ground(), "it must have committed something, or nothing could be doubled"
    drain(mill, *faults)
    return Counter(mill.ground())


def drain(mill: Any, *faults: str) -> None:
    """Run workers until nothing is left, not even in a worker's hands: one that is told to stop gives those back."""
    while True:
        worker = mill.worker(*faults)
        until(lambda: set(mill.ground()) == set(NUMBERS) and mill.transport.depth(mill.queue) == 0)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
        if mill.transport.depth(mill.queue) == 0:
            return


def test_with_the_inbox_nothing_is_done_twice(mill: Any) -> None:
    done = die_and_go_on(mill)
    assert done == Counter(NUMBERS)
    assert mill.dead() == []


def test_without_the_inbox_something_is_done_twice(mill: Any) -> None:
    done = die_and_go_on(mill, "no-inbox")
    assert [number for number, times in done.items() if times > 1], "the control must double something"
