"""The parts that the suite is made of: which processes there are and what each of them serves."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

SERVICES = ("identity", "catalog", "classroom", "supervision", "exam", "billing")


@dataclass(frozen=True, kw_only=True)
class Door:
    """A process that answers HTTP: its name, where its app is made, the service that it belongs to (with whose secret
    and database it runs; none at the edge), and how many threads answer."""

    name: str
    module: str
    service: str | None = None
    factory: str = "create_app"
    threads: int = 16

    def load(self) -> Callable[..., Any]:
        """Import the part and make its WSGI app from the environment."""
        app: Callable[..., Any] = getattr(importlib.import_module(self.module), self.factory)()
        return app


DOORS: dict[str, Door] = {
    **{name: Door(name=name, module=f"{name}.app", service=name) for name in SERVICES},
    # The same app once more: the gateway sends it photos, so that they never delay check-ins (S8).
    "supervision-photos": Door(name="supervision-photos", module="supervision.app", service="supervision"),
    "gateway": Door(name="gateway", module="edge.app", threads=640),
    "edge-media": Door(name="edge-media", module="edge.media", threads=320),
}


def doors_of(service: str | None) -> list[str]:
    """The names of the doors of a service, or of those that belong to none."""
    return [name for name, door in DOORS.items() if door.service == service]


def variable(name: str) -> str:
    """The form of a part's name inside a variable's: ``edge-media`` is ``EDGE_MEDIA``."""
    return name.upper().replace("-", "_")
