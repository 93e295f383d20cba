"""/readyz of the door: ready only when everything behind it is, each named."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from urllib3.exceptions import HTTPError

from edge.config import APART, SERVICES
from edge.proxy import upstream_json
from edge.upstreams import Upstreams

BEHIND = (*SERVICES, *APART.values(), "edge_media")
SECONDS = 2.0
REMEMBERED = 1.0


class Readiness:
    """Asks every service at once, so that one that hangs costs two seconds and not two each. What it found is told for
    a second: the path is public, and who calls it often must not have every database asked as often."""

    def __init__(self, upstreams: Upstreams) -> None:
        self._upstreams = upstreams
        self._threads = ThreadPoolExecutor(max_workers=len(BEHIND), thread_name_prefix="readiness")
        self._lock = threading.Lock()
        self._looked_at = -REMEMBERED
        self._found: dict[str, str] = {}

    def look(self) -> dict[str, str]:
        """Service → "ready", or in a word why not."""
        with self._lock:
            if time.monotonic() - self._looked_at >= REMEMBERED:
                self._found = dict(zip(BEHIND, self._threads.map(self._look_at, BEHIND), strict=True))
                self._looked_at = time.monotonic()
            return self._found

    def close(self) -> None:
        """End its threads."""
        self._threads.shutdown()

    def _look_at(self, service: str) -> str:
        if not self._upstreams.knows(service):
            return "no address"
        try:
            status, said = upstream_json(self._upstreams, service, "/readyz", seconds=SECONDS)
        except (HTTPError, ValueError) as error:
            return f"no answer ({type(error).__name__})"
        return "ready" if status == 200 else f"not ready ({_reason(status, said)})"


def _reason(status: int, said: Any) -> str:
    reason = said.get("database") or said.get("reason") if isinstance(said, dict) else None
    return str(reason or status)
