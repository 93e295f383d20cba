"""The line before the doors at which passwords are hashed. A hash costs more than all the rest of a request together:
when a class of 500 signs in at once, those who wait their turn wait here, where a thread costs nothing, before anything
was done for them. Identity then never has more of them inside than it can work at, and answers others meanwhile."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from edge.proxy import UpstreamUnavailable

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REFUSED = "edge.line_refused"


class Line:
    """WSGI middleware: POSTs to `paths` go through `at_once` at a time, and up to `waiting` others wait for `patience`
    seconds. Who finds the line full, or waits too long, is marked for `refuse_the_refused`."""

    def __init__(
        self,
        app: WSGIApplication,
        *,
        paths: frozenset[str],
        at_once: int,
        waiting: int,
        patience: float = 30.0,
    ) -> None:
        self._app = app
        self._paths = paths
        self._turns = threading.Semaphore(at_once)  # wakes who has waited longest
        self._room = threading.BoundedSemaphore(at_once + waiting)
        self._patience = patience

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] not in self._paths:
            return self._app(environ, start_response)
        if not self._room.acquire(blocking=False):
            return self._refuse(environ, start_response)
        try:
            if not self._turns.acquire(timeout=self._patience):
                return self._refuse(environ, start_response)
            try:
                # Its answer is small and there when this returns: it needs no turn to be sent.
                return self._app(environ, start_response)
            finally:
                self._turns.release()
        finally:
            self._room.release()

    def _refuse(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[REFUSED] = True
        return self._app(environ, start_response)


def refuse_the_refused(environ: WSGIEnvironment) -> None:
    """Raises UpstreamUnavailable for whom the line had no place. The next tries are spread, or all would meet again."""
    if environ.get(REFUSED):
        raise UpstreamUnavailable(retry_after=random.randint(3, 10))
