"""A process that dies comes back: at once after a good run, later and later while it keeps dying."""

import pytest
from suite.running import process as module
from suite.running.process import Process


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1000.0

        def monotonic(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def process():
    return Process(name="billing", kind="worker", work=lambda: None)


def test_it_waits_longer_each_time_it_dies_young(clock, process):
    delays = []
    for _ in range(7):
        process.begun(1)
        clock.now += 1
        delays.append(process.ended())
    assert delays == [0.5, 1, 2, 4, 8, 10, 10]
    assert process.restarts == 7


def test_after_a_good_run_it_starts_at_once(clock, process):
    process.begun(1)
    process.ended()
    process.begun(2)
    clock.now += 60
    assert process.ended() == 0
    assert process.failures == 0


def test_a_restart_that_was_asked_for_is_no_failure(clock, process):
    process.begun(1)
    process.asked_to_restart = True
    assert process.ended() == 0
    assert not process.asked_to_restart
