"""The threads of a worker and its health server."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from bus.worker.health import HealthServer
from bus.worker.parts import SLUGGISH, Part, Parts
from bus.worker.run import age, figure
from chassis import clock


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def waiting(stop: threading.Event) -> Part:
    return Part(name="waits", work=lambda: stop.wait(20) and None, stop=stop.set)


def test_told_to_stop_all_end(stop: threading.Event) -> None:
    parts = Parts([waiting(stop), waiting(stop)])
    parts.start()
    told = threading.Event()
    told.set()
    assert parts.watch(told)
    parts.ask_to_stop()
    assert parts.join(within=5)


def test_a_part_that_ends_by_itself_is_noticed(stop: threading.Event) -> None:
    parts = Parts([waiting(stop), Part(name="ends", work=lambda: None, stop=lambda: None)])
    parts.start()
    assert not parts.watch(threading.Event())


def test_one_that_does_not_stop_in_time_is_told(stop: threading.Event) -> None:
    deaf = Part(name="deaf", work=lambda: stop.wait(20) and None, stop=lambda: None)
    parts = Parts([deaf])
    parts.start()
    parts.ask_to_stop()
    assert not parts.join(within=0.05)


def test_a_loop_that_does_not_move_is_not_alive(stop: threading.Event) -> None:
    part = waiting(stop)
    part.beat = lambda: time.monotonic() - SLUGGISH - 1
    part.start()
    assert not part.alive
    part.beat = time.monotonic
    assert part.alive


def test_health_over_tcp_tells_each_part() -> None:
    ready = {"relay": True, "mill.reactions": False}
    server = HealthServer(address="127.0.0.1:0", alive=lambda: {"relay": True}, ready=lambda: ready)
    base = f"http://127.0.0.1:{server.port}"
    with urllib.request.urlopen(f"{base}/livez", timeout=5) as answer:
        assert answer.status == 200
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{base}/readyz", timeout=5)
    assert refused.value.code == 503
    assert b'"mill.reactions": false' in refused.value.read()
    refused.value.close()
    server.close()


def test_a_figure_that_cannot_be_had_is_not_a_number() -> None:
    def broken() -> float:
        raise OSError

    assert str(figure(broken)()) == "nan"
    assert figure(lambda: 3)() == 3.0
    assert age(None, clock.now()) == 0.0
