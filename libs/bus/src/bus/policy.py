"""How often and after how long a failed message is tried again."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

DELAYS = (5.0, 60.0, 600.0, 3600.0)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Some tries at once, then one round after each delay, then the dead letters."""

    delays: tuple[float, ...] = field(default_factory=lambda: delays_from_env())
    tries: int = 3
    """At once, in each round: a deadlock or a lost connection is usually over by the second."""
    starts: int = 3
    """How often a suspect may be begun without an end: one that kills the process never ends."""


def delays_from_env() -> tuple[float, ...]:
    """KAIKE_BUS_DELAYS as seconds with commas between, else 5 s, 1 min, 10 min, 1 h."""
    told = os.environ.get("KAIKE_BUS_DELAYS")
    return tuple(float(part) for part in told.split(",")) if told else DELAYS
