"""Backing off, and being woken."""

from __future__ import annotations

import threading
import time

from bus.backoff import Backoff
from bus.doorbell import Doorbell, ring
from chassis.ids import new_id


def test_each_failure_waits_longer_up_to_a_limit() -> None:
    backoff = Backoff(first=1, most=8)
    waits = [backoff.next() for _ in range(2000)]
    assert all(0.5 * whole <= wait <= whole for whole, wait in zip((1, 2, 4, 8, 8), waits, strict=False))
    assert max(waits) <= 8
    backoff.reset()
    assert backoff.next() <= 1


def test_a_ring_wakes_all_that_wait_under_the_name_and_nobody_else() -> None:
    name, other = str(new_id()), str(new_id())
    bells = [Doorbell(name), Doorbell(name), Doorbell(other)]
    ring(name)
    assert [bell.wait(0.05) for bell in bells] == [True, True, False]
    for bell in bells:
        bell.close()


def test_a_ring_before_the_waiting_is_not_lost() -> None:
    bell = Doorbell(str(new_id()))
    bell.ring()
    assert bell.wait(5)
    assert not bell.wait(0)
    bell.close()


def test_ringing_without_end_blocks_nobody() -> None:
    name = str(new_id())
    bell = Doorbell(name)
    for _ in range(1000):
        ring(name)
    assert bell.wait(0)
    bell.close()
    ring(name)


def test_a_waiting_thread_wakes_at_once() -> None:
    bell = Doorbell(str(new_id()))
    woken: list[float] = []

    def wait() -> None:
        bell.wait(10)
        woken.append(time.monotonic())

    thread = threading.Thread(target=wait)
    thread.start()
    rung = time.monotonic()
    bell.ring()
    thread.join(10)
    assert woken[0] - rung < 1
    bell.close()
