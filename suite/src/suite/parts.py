"""The parts that the suite is made of: which processes there are and what each of them serves."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

SERVICES = ("identity", "catalog", "classroom", "supervision", "exam", "billing")


@dataclass(frozen=True, kw_only=True)
class Door:
    """A process that answers HTTP: its name, where its app is made, and how many threads answer."""

    name: str
    module: str
    factory: str = "create_app"
    threads: int = 16

    def load(self) -> Callable[..., Any]:
        """Import the part and make its WSGI app from the environment."""
        app: Callable[..., Any] = getattr(importlib.import_module(self.module), self.factory)()
        return app


DOORS: dict[str, Door] = {
    **{name: Door(name=name, module=f"{name}.app") for name in SERVICES},
    "gateway": Door(name="gateway", module="edge.app", threads=640),
    "edge-media": Door(name="edge-media", module="edge.media", threads=32),
}


def variable(name: str) -> str:
    """The form of a part's name inside a variable's: ``edge-media`` is ``EDGE_MEDIA``."""
    return name.upper().replace("-", "_")
