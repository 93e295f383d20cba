"""The worker as a process."""

from __future__ import annotations

import signal
from typing import Any

import pytest
from bus.worker.health import unix_get
from chassis.ids import new_id
from milling import until


def test_it_relays_consumes_tells_its_health_and_ends_on_sigterm(mill: Any) -> None:
    process = mill.worker()
    mill.sacks(1, 2, 3)
    mill.stone(new_id(), 5)
    until(lambda: mill.ground() == [1, 2, 3])
    until(lambda: mill.waiting() == 0)
    assert mill.asks("/livez") == 200
    assert mill.asks("/nowhere") == 404
    handled = f'kaike_bus_handled_total{{consumer="{mill.queue}",outcome="handled"}} 4.0'
    until(lambda: handled in figures(mill))
    assert f'kaike_bus_dead_letters{{queue="{mill.queue}"}} 0.0' in figures(mill)
    assert "kaike_bus_outbox_oldest_seconds 0.0" in figures(mill)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert mill.asks("/livez") == 0


def figures(mill: Any) -> str:
    """What Prometheus would read."""
    return unix_get(mill.folder / "health.sock", "/metrics")[1].decode()


@pytest.mark.parametrize("way", ["embedded"], indirect=True)
def test_it_refuses_a_topology_that_does_not_know_its_consumers(mill: Any) -> None:
    (mill.folder / "contracts" / "topology.yaml").write_text("queues: {}\n")
    assert mill.worker(wait=False).wait(20) == 1
    assert "make contracts" in (mill.folder / "worker.log").read_text()


@pytest.mark.parametrize("way", ["rabbitmq"], indirect=True)
def test_without_its_broker_it_lives_and_is_not_ready(mill: Any) -> None:
    mill.amqp = "amqp://guest:guest@127.0.0.1:9/"
    process = mill.worker(wait=False)
    until(lambda: mill.asks("/livez") == 200)
    assert mill.asks("/readyz") == 503
    mill.sacks(1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(25) == 0
    assert mill.waiting() == 1
    mill.amqp = None
