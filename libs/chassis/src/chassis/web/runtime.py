"""What the running process of a service carries: its settings, its signer, the papers it can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from chassis.config import Settings
from chassis.db import Database
from chassis.papers import Papers, Signer


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """Reached by `runtime()` inside an app context."""

    settings: Settings
    db: Database
    papers: Papers
    signer: Signer | None
    extras: dict[str, Any] = field(default_factory=dict)
    _making: RLock = field(default_factory=RLock, repr=False)

    @property
    def session(self) -> Session:
        """The session of this request."""
        return self.db.session()

    def extra(self, name: str, make: Callable[[Settings], Any]) -> Any:
        """A thing made once per process from the settings, such as a file store."""
        with self._making:  # two would count apart what must be counted together
            if name not in self.extras:
                self.extras[name] = make(self.settings)
            return self.extras[name]


def runtime() -> Runtime:
    """The runtime of the current app."""
    found: Runtime = current_app.extensions["kaike.runtime"]
    return found
