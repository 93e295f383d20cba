"""The two transports behind one interface."""

from __future__ import annotations

from pathlib import Path

from bus.topology import Topology
from bus.transport.base import Transport


def open_transport(*, topology: Topology, amqp_url: str | None, var: Path) -> Transport:
    """RabbitMQ when there is an address, else files under `var`/bus."""
    if amqp_url:
        from bus.transport.rabbit import RabbitTransport

        return RabbitTransport(url=amqp_url, topology=topology)
    from bus.transport.embedded import EmbeddedTransport

    return EmbeddedTransport(folder=var / "bus", topology=topology)
