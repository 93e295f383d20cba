"""Connections to the services: pooled, with time-outs, and never reused after they may have been closed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import urllib3
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from edge.config import APART, EdgeSettings

PATIENCE = 10.0
IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})


class _Fresh:
    """A pool that throws away a connection which lay idle longer than the service keeps it open.

    Without this a POST now and then meets a connection that is just being closed, and must not be sent again.
    """

    idle_seconds = 1.5

    def _get_conn(self, timeout: float | None = None) -> Any:
        connection = super()._get_conn(timeout)  # type: ignore[misc]
        idle_since = getattr(connection, "idle_since", None)
        if idle_since is not None and time.monotonic() - idle_since > self.idle_seconds:
            connection.close()  # urllib3 opens it anew when it is used
        return connection

    def _put_conn(self, connection: Any) -> None:
        if connection is not None:
            connection.idle_since = time.monotonic()
        super()._put_conn(connection)  # type: ignore[misc]


class Upstreams:
    """The services' addresses with one pool of connections for each."""

    def __init__(self, settings: EdgeSettings) -> None:
        self._urls = _with_those_apart(settings.urls)
        self._rooms = {name: threading.BoundedSemaphore(settings.service_room) for name in self._urls}
        self._large = {name: threading.BoundedSemaphore(settings.large_bodies) for name in self._urls}
        self._shares = {name: threading.BoundedSemaphore(settings.apart_share) for name in APART.values()}
        self._timeout = urllib3.Timeout(connect=settings.connect_seconds, read=settings.read_seconds)
        idle = {"idle_seconds": settings.idle_seconds}
        self._pools = urllib3.PoolManager(maxsize=settings.pool_size, num_pools=16, block=False)
        self._pools.pool_classes_by_scheme = {
            "http": type("FreshHTTP", (_Fresh, HTTPConnectionPool), idle),
            "https": type("FreshHTTPS", (_Fresh, HTTPSConnectionPool), idle),
        }

    def knows(self, service: str) -> bool:
        """Whether there is an address for this service."""
        return service in self._urls

    def share(self, service: str) -> AbstractContextManager[bool]:
        """A part of this door's threads, from a request's head to the answer's; False when there is none left.

        Only what stands apart has a share of its own (S8): however many photos come slowly, or wait for a place,
        there are threads for the rest.
        """
        return _taken(self._shares[service]) if service in self._shares else nullcontext(True)

    def place(self, service: str, *, large: bool = False) -> AbstractContextManager[bool]:
        """A place among the requests that are with this service; False when there is none within ten seconds.

        A service that hangs takes so many threads and no more, and large bodies that come slowly fewer still, since
        each of them holds a thread of the service as well.
        """
        return _taken(self._large[service] if large else self._rooms[service], wait=PATIENCE)

    def ask(
        self,
        service: str,
        method: str,
        target: str,
        *,
        headers: list[tuple[str, str]] | None = None,
        body: Any = None,
        seconds: float | None = None,
    ) -> urllib3.BaseHTTPResponse:
        """Send a request and return the answer with its body still to be read; the caller closes it.

        `target` is path and query as they came. A connection that can't be made is tried again for idempotent
        methods only; an answer never is, whatever its status and its Retry-After: it is the caller's. Raises
        urllib3's errors.
        """
        pool = self._pools.connection_from_url(self._urls[service])
        again = urllib3.Retry(
            connect=2,
            read=False,
            redirect=0,
            status=0,
            other=0,
            backoff_factor=0.1,
            respect_retry_after_header=False,
        )
        return pool.urlopen(
            method,
            target,
            body=body,
            headers=urllib3.HTTPHeaderDict(headers or []),
            retries=again if method in IDEMPOTENT else False,
            redirect=False,
            timeout=urllib3.Timeout(connect=seconds, read=seconds) if seconds else self._timeout,
            preload_content=False,
            decode_content=False,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pools.clear()


def _with_those_apart(urls: Mapping[str, str]) -> dict[str, str]:
    """The addresses, those of what stands apart too: their service's, where they have none of their own."""
    found = dict(urls)
    for (service, _), name in APART.items():
        if service in urls:
            found.setdefault(name, urls[service])
    return found


@contextmanager
def _taken(places: threading.Semaphore, *, wait: float = 0.0) -> Iterator[bool]:
    """One of the places for the length of the block; False when none becomes free within `wait` seconds."""
    got = places.acquire(timeout=wait)
    try:
        yield got
    finally:
        if got:
            places.release()
