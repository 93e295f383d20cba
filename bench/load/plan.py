"""What the generator is told to send. Nothing but the standard library: it should start at once."""

from __future__ import annotations

import base64
import ipaddress
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

MOST_REQUESTS = 50_000
MOST_CLIENTS = 1_000
LONGEST = 120.0


class PlanRefused(ValueError):
    """More than this generator may do, or to somebody else's machine."""


class Request(NamedTuple):
    """One request; `body` names one of the plan's bodies."""

    method: str
    path: str
    headers: dict[str, str]
    body: str | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Requests to one address, by so many clients at once.

    `sources` are the loopback addresses that the clients come from, in turn. `connected` connects before the clock
    starts. `pace` is the least seconds between two requests of one client; `cycle` begins the requests again until
    told to stop; `again` sends a request that was answered with 503 and Retry-After once more after that time.
    """

    host: str
    port: int
    requests: Sequence[Request]
    bodies: Mapping[str, bytes] = field(default_factory=dict)
    clients: int = 16
    good: Sequence[int] = (200, 201)
    seconds: float = 60.0
    sources: Sequence[str] = ()
    connected: bool = True
    pace: float = 0.0
    cycle: bool = False
    again: bool = False

    def check(self) -> Plan:
        """The plan itself. Raises PlanRefused."""
        if not all(ipaddress.ip_address(each).is_loopback for each in (self.host, *self.sources)):
            raise PlanRefused("only this machine's own loopback is measured")
        if not 0 < len(self.requests) <= MOST_REQUESTS or not 0 < self.clients <= MOST_CLIENTS:
            raise PlanRefused(
                f"a plan has 1 to {MOST_REQUESTS} requests and {MOST_CLIENTS} clients at the most"
            )
        if not 0 < self.seconds <= LONGEST:
            raise PlanRefused(f"a plan ends within {LONGEST:.0f} s")
        return self

    def dump(self) -> str:
        """As JSON."""
        bodies = {name: base64.b64encode(body).decode() for name, body in self.bodies.items()}
        return json.dumps({**asdict(self), "bodies": bodies})

    @classmethod
    def load(cls, text: str) -> Plan:
        """From JSON."""
        said: dict[str, Any] = json.loads(text)
        said["bodies"] = {name: base64.b64decode(body) for name, body in said["bodies"].items()}
        said["requests"] = [Request(*each) for each in said["requests"]]
        return cls(**said).check()
