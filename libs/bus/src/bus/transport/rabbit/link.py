"""One connection with one channel, kept open for ever by a thread of its own.

pika's connections belong to one thread; everybody else hands it work through `call`, the only safe way in.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pika
import structlog
from pika.exceptions import AMQPError

from bus.backoff import Backoff
from bus.transport.rabbit.declare import parameters

FAREWELL = 3
"""Seconds that a broker gets to answer the closing of a connection."""

log = structlog.get_logger("bus.rabbit")


class Link:
    """Connects, declares, opens the channel; after each loss again, until closed."""

    def __init__(
        self,
        *,
        url: str,
        name: str,
        declare: Callable[[], None],
        on_open: Callable[[Any], None],
        on_lost: Callable[[], None],
    ) -> None:
        """`on_open(channel)` and `on_lost()` are called in the link's thread."""
        self._parameters = parameters(url, name=name)
        self._name = name
        self._declare = declare
        self._on_open = on_open
        self._on_lost = on_lost
        self._lock = threading.Lock()
        self._connection: pika.SelectConnection | None = None
        self._closing = threading.Event()
        self._open = threading.Event()
        self._backoff = Backoff(first=0.2, most=15)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def is_open(self) -> bool:
        """Whether the channel is open, which an open connection alone does not say."""
        return self._open.is_set()

    def wait_open(self, timeout: float) -> bool:
        """Block until it is open, or the time is over."""
        return self._open.wait(timeout)

    def call(self, work: Callable[[], None]) -> bool:
        """Have the link's thread do this; False when there is no connection to do it on."""
        with self._lock:
            if self._connection is None:
                return False
            self._connection.ioloop.add_callback_threadsafe(work)
            return True

    def reset(self) -> None:
        """Drop the connection; a new one is made."""
        self.call(self._drop)

    def close(self, timeout: float = 10) -> None:
        """Close for good, after what was handed in before."""
        self._closing.set()
        self.call(self._drop)
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self._declare()
                self._connect_and_serve()
            except (AMQPError, OSError) as error:
                log.warning("link.failed", link=self._name, error=repr(error))
            except Exception:
                # Nobody watches this thread, and without it nothing is ever sent or taken again.
                log.exception("link.broken", link=self._name)
            if not self._closing.is_set():
                self._closing.wait(self._backoff.next())

    def _connect_and_serve(self) -> None:
        connection = pika.SelectConnection(
            self._parameters,
            on_open_callback=self._connected,
            on_open_error_callback=self._ended,
            on_close_callback=self._ended,
        )
        with self._lock:
            self._connection = connection
        try:
            if self._closing.is_set():
                connection.ioloop.add_callback_threadsafe(self._drop)
            connection.ioloop.start()
        finally:
            with self._lock:
                self._connection = None
            self._open.clear()
            self._on_lost()
            connection.ioloop.close()

    def _connected(self, connection: Any) -> None:
        connection.channel(on_open_callback=self._channel_open)

    def _channel_open(self, channel: Any) -> None:
        channel.add_on_close_callback(self._channel_closed)
        self._on_open(channel)
        self._backoff.reset()
        self._open.set()

    def _channel_closed(self, _channel: Any, reason: Exception) -> None:
        # The connection may well live on without a channel, and would then say nothing for ever.
        self._open.clear()
        if not self._closing.is_set():
            log.warning("channel.closed", link=self._name, reason=repr(reason))
        self._drop()

    def _drop(self) -> None:
        connection = self._connection
        if connection is None or connection.is_closing or connection.is_closed:
            return
        if connection.is_open:
            connection.close()
            # A broker that stands still, or has blocked us, never answers the farewell.
            connection.ioloop.call_later(FAREWELL, lambda: _hang_up(connection))
        else:
            _hang_up(connection)

    def _ended(self, connection: Any, reason: Any) -> None:
        if not self._closing.is_set():
            log.warning("link.lost", link=self._name, reason=repr(reason))
        connection.ioloop.stop()


def _hang_up(connection: pika.SelectConnection) -> None:
    """Close the socket without a word; the loop ends when that is done. pika has no public way to it."""
    if not connection.is_closed:
        connection._adapter_disconnect_stream()
