"""All queues and what each is bound to, from one file that every relay and consumer declares as a whole.

So a consumer that starts later than the producer has lost nothing: its queue was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from chassis.contracts import contracts_folder

from bus.consumer import Consumer
from bus.errors import StaleTopology

EXCHANGE = "kaike.events"
"""The topic exchange that all announcements go to; the routing key is the type."""
_HEAD = "# Generated from the services' consumers by `make contracts`; compared in CI. Queue: the types bound to it.\n"


@dataclass(frozen=True)
class Topology:
    """Queue → the types bound to it."""

    queues: Mapping[str, tuple[str, ...]]

    def bound(self, event_type: str) -> tuple[str, ...]:
        """The queues that take this type; none is no error, its consumer may not be written yet."""
        return tuple(queue for queue, types in self.queues.items() if event_type in types)

    def require(self, consumers: Iterable[Consumer]) -> None:
        """Raise StaleTopology unless these consumers stand here exactly as they are declared."""
        for consumer in consumers:
            if set(self.queues.get(consumer.name, ())) != set(consumer.handlers):
                raise StaleTopology(
                    f"{consumer.name} differs from contracts/topology.yaml: run `make contracts`"
                )


def build(consumers: Iterable[Consumer]) -> Topology:
    """The topology of all services' consumers together."""
    queues: dict[str, tuple[str, ...]] = {}
    for consumer in sorted(consumers, key=lambda each: each.name):
        if consumer.name in queues:
            raise ValueError(f"two consumers are named {consumer.name}")
        queues[consumer.name] = tuple(sorted(consumer.handlers))
    return Topology(queues)


def render(topology: Topology) -> str:
    """The text of contracts/topology.yaml."""
    plain = {queue: list(types) for queue, types in topology.queues.items()}
    return _HEAD + yaml.safe_dump({"queues": plain}, sort_keys=True, allow_unicode=True)


def read(folder: Path | None = None) -> Topology:
    """The committed topology. Raises StaleTopology when the file is missing or is not one."""
    path = (folder or contracts_folder()) / "topology.yaml"
    try:
        found: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Topology({queue: tuple(types) for queue, types in found["queues"].items()})
    except FileNotFoundError:
        raise StaleTopology(f"{path} is missing: run `make contracts`") from None
    except (KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
        raise StaleTopology(f"{path} cannot be read ({type(error).__name__}): run `make contracts`") from None
