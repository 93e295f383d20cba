"""The clients: threads with a connection each, which take requests from one line until it is empty."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

from bench.load.plan import Plan, Request

MOST_WAIT = 10.0
PATIENCE = 30.0


@dataclass
class Tally:
    """What one client, and at the end all of them together, have seen. Seconds by the monotonic clock."""

    latencies: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    first_bad: str = ""
    began: float = float("inf")
    ended: float = 0.0

    def add(self, other: Tally) -> None:
        """Take over what another has seen."""
        self.latencies += other.latencies
        self.statuses += other.statuses
        self.first_bad = self.first_bad or other.first_bad
        self.began, self.ended = min(self.began, other.began), max(self.ended, other.ended)


class Clients:
    """All clients of a plan."""

    def __init__(self, plan: Plan, stop: threading.Event) -> None:
        """`stop` ends a plan that cycles."""
        self._plan = plan
        self._stop = stop
        self._line: Iterator[Request] = iter(plan.requests)
        if plan.cycle:
            self._line = itertools.cycle(plan.requests)
        self._start = threading.Barrier(plan.clients)
        self._tallies = [Tally() for _ in range(plan.clients)]

    def run(self) -> Tally:
        """Send everything; the whole tally."""
        threads = [
            threading.Thread(target=self._client, args=(number,), daemon=True)
            for number in range(self._plan.clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        whole = Tally()
        for tally in self._tallies:
            whole.add(tally)
        return whole

    def _client(self, number: int) -> None:
        plan, tally = self._plan, self._tallies[number]
        source = (plan.sources[number % len(plan.sources)], 0) if plan.sources else None
        connection = HTTPConnection(plan.host, plan.port, timeout=PATIENCE, source_address=source)
        if plan.connected:
            connection.connect()
        self._start.wait(PATIENCE)
        end = time.monotonic() + plan.seconds
        for request in self._line:
            if self._stop.is_set() or time.monotonic() > end:
                break
            began = time.monotonic()
            self._one(connection, request, tally, end)
            tally.began, tally.ended = min(tally.began, began), time.monotonic()
            if plan.pace and self._stop.wait(max(0.0, plan.pace - (tally.ended - began))):
                break
        connection.close()

    def _one(self, connection: HTTPConnection, request: Request, tally: Tally, end: float) -> None:
        """One request, sent again while it is told to wait; its latency has the waiting in it."""
        began = time.monotonic()
        while True:
            status, wait, body = self._sent(connection, request)
            tally.statuses[status] += 1
            if wait is None or time.monotonic() + wait > end:
                break
            self._stop.wait(wait)
        tally.latencies.append(time.monotonic() - began)
        if not status.isdigit() or int(status) not in self._plan.good:
            tally.first_bad = (
                tally.first_bad or f"{request.method} {request.path[:80]}: {status} {body[:300]!r}"
            )

    def _sent(self, connection: HTTPConnection, request: Request) -> tuple[str, float | None, bytes]:
        """Status (or the error's name), seconds to wait before sending it again, body."""
        body = None if request.body is None else self._plan.bodies[request.body]
        try:
            connection.request(request.method, request.path, body=body, headers=request.headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as error:
            connection.close()  # http.client connects anew for the next one
            return type(error).__name__, None, str(error).encode()
        return str(answer.status), self._wait(answer), content

    def _wait(self, answer: HTTPResponse) -> float | None:
        said: Any = answer.headers.get("Retry-After")
        if not self._plan.again or answer.status != 503 or said is None:
            return None
        return min(float(said), MOST_WAIT)
