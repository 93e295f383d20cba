"""Gunicorn's threaded worker, with slow clients kept out of its threads.

A thread is taken when a request is there: the main loop receives heads and small bodies, and gives each so many
seconds. Whoever takes an answer too slowly is ended, and a connection that is closed lingers in the main loop without
stopping it. Where connections run out, those that have waited longest without a whole request make room.
"""

from __future__ import annotations

import contextlib
import errno
import json
import resource
import selectors
import socket
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

import structlog
from chassis.errors import Failure
from chassis.ids import new_id
from chassis.web.problems import AddressTooLong, HeadTooLarge, TooSlow, Unreadable
from gunicorn import util
from gunicorn.http.errors import ConfigurationProblem, LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

from suite.arrival import Arrival, arrival_of, without_expectation

HEAD_SECONDS = 15.0
"""From a head's first byte to its end."""
BODY_SECONDS = 30.0
"""From a small body's head to its end."""
STALLED_SECONDS = 20.0
"""Without a byte, in or out, while a thread waits for it."""
FIRST_SECONDS = 30.0
"""Of waiting for a client to take its answer, after which it must have taken it at SLOWEST."""
SLOWEST = 16 * 1024
"""Bytes per second."""
LINGER_SECONDS = 2.0
MAX_RECEIVED = 64 * 1024
MOST_DISCARDED = 64 * 1024
SEND_BUFFER = 512 * 1024
"""Bytes of an answer that the kernel keeps for a client, so that usual answers need no waiting for it."""
LARGEST_SEND = 256 * 1024
SPARE_FILES = 512
"""File descriptors that are left for other things than clients' connections."""

log = structlog.get_logger("suite.web")


def most_connections(wanted: int, *, spare: int = SPARE_FILES) -> int:
    """How many connections this process may hold: the soft limit of open files is raised as far as allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = hard == resource.RLIM_INFINITY
    needed = wanted + spare if unlimited else min(wanted + spare, hard)
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
        soft = needed
    return wanted if soft == resource.RLIM_INFINITY else max(16, min(wanted, soft - spare))


def refusal(failure: Failure) -> bytes:
    """A whole answer with the failure's problem document, for what no application has seen."""
    document = {
        "type": f"/errors#{failure.code}",
        "title": failure.title,
        "status": failure.status,
        "code": failure.code,
        "detail": failure.detail or failure.title,
        "next_step": failure.next_step,
        "request_id": str(new_id()),
    }
    body = json.dumps(document, ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {failure.status} {HTTPStatus(failure.status).phrase}\r\n"
        "Content-Type: application/problem+json\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
        f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Connection(TConn):  # type: ignore[misc] # gunicorn has no types
    """A client's connection with what has arrived of its next request."""

    def __init__(self, worker: BufferingWorker, sock: socket.socket, client: Any, server: Any) -> None:
        super().__init__(worker.cfg, sock, client, server)
        self.worker = worker
        self.arrived = bytearray()
        self.arrival = Arrival.HEAD
        self.deadline = 0.0
        self.discarded = 0

    @property
    def address(self) -> str:
        """The other end: the client, or the proxy that it came through."""
        return str(self.client[0]) if isinstance(self.client, tuple) else ""

    def close(self, graceful: bool = False) -> None:
        """Close; a graceful close waits for the client's own, so that it still reads its answer, without a thread."""
        if graceful:
            self.worker.linger(self)
        else:
            super().close()


class PacedSocket:
    """A socket whose sender does not wait for ever: TimeoutError for a client that takes less than SLOWEST."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._sent = 0
        self._waited = 0.0

    def sendall(self, data: bytes) -> None:
        """Send all of it."""
        rest = memoryview(data)
        while rest:
            began = time.monotonic()
            count = self._sock.send(rest[:LARGEST_SEND])
            self._waited += time.monotonic() - began
            self._sent += count
            rest = rest[count:]
            if self._waited > FIRST_SECONDS + self._sent / SLOWEST:
                raise TimeoutError("the client takes its answer too slowly")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class BufferingWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """See the module."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.worker_connections = most_connections(self.cfg.worker_connections)
        self.max_keepalived = max(1, self.worker_connections - self.cfg.threads)
        self._arriving: dict[Connection, None] = {}
        self._lingering: dict[Connection, None] = {}
        self._look_at = 0.0

    # -- the main loop: what follows runs in its one thread --------------------------------------------------------

    def accept(self, listener: Any) -> None:
        """Take a new connection; where there are too many, one that waits makes room."""
        if self.nr_conns >= self.worker_connections - 1:
            self._make_room()
        try:
            sock, client = listener.accept()
        except OSError as error:
            if error.errno in {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}:
                self._make_room()
            return  # it is gone, or another process of this door took it
        self.nr_conns += 1
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self.enqueue_req(Connection(self, sock, client, listener.getsockname()))

    def enqueue_req(self, conn: Connection) -> None:
        """Wait for the connection's next request; a thread takes it when it is there."""
        conn.sock.setblocking(False)
        conn.arrived = bytearray(conn.parser.unreader.take_buffered() if conn.parser else b"")
        conn.arrival = Arrival.HEAD
        conn.deadline = time.monotonic() + (HEAD_SECONDS if conn.arrived else self.cfg.keepalive)
        self._arriving[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_bytes, conn))
        if not conn.arrived or not self._judged(conn):
            self._on_bytes(conn, conn.sock)

    def murder_pending(self) -> None:
        """End those whose time is over; gunicorn asks at each turn of its loop, once a second is enough."""
        now = time.monotonic()
        if now < self._look_at:
            return
        self._look_at = now + 1.0
        for conn in [conn for conn in self._lingering if conn.deadline < now]:
            self._stop_lingering(conn)
        for conn in [conn for conn in self._arriving if conn.deadline < now]:
            self._refuse_slow(conn)
        if not self.alive:
            for conn in self._arriving:
                conn.deadline = min(conn.deadline, now + LINGER_SECONDS)

    def linger(self, conn: Connection) -> None:
        """Close after the client has closed, or after LINGER_SECONDS (RFC 9112 §9.6)."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_discarded, conn))
        except (OSError, ValueError, KeyError):
            util.close(conn.sock)
            return
        conn.deadline = time.monotonic() + LINGER_SECONDS
        self._lingering[conn] = None

    def _on_bytes(self, conn: Connection, _sock: Any) -> None:
        """More of the request, as far as it is there."""
        try:
            while block := conn.sock.recv(MAX_RECEIVED):
                if not conn.arrived:
                    conn.deadline = time.monotonic() + HEAD_SECONDS
                conn.arrived += block
                if self._judged(conn):
                    return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._forget(conn)
        self._drop(conn)

    def _judged(self, conn: Connection) -> bool:
        """Hand the request to a thread or refuse it; False while more of it has to come."""
        before, conn.arrival = conn.arrival, arrival_of(bytes(conn.arrived))
        if conn.arrival is Arrival.HEAD:
            return False
        if conn.arrival is Arrival.BODY:
            if before is not Arrival.BODY:
                conn.deadline = time.monotonic() + BODY_SECONDS
                self._encourage(conn)
            return False
        self._forget(conn)
        if conn.arrival is Arrival.MALFORMED:
            self._refuse(conn, Unreadable("请求行或请求头的换行不正确"))
        elif conn.arrival is Arrival.HEAD_TOO_LARGE:
            self._refuse(conn, HeadTooLarge())
        else:
            self._hand_over(conn)
        return True

    def _hand_over(self, conn: Connection) -> None:
        conn.init()
        conn.data_ready = True
        conn.parser.unreader.unread(bytes(conn.arrived))
        conn.arrived = bytearray()
        super().enqueue_req(conn)

    def _encourage(self, conn: Connection) -> None:
        """Who waits to be told to send its body is told so here: no thread waits for it."""
        shorter = without_expectation(bytes(conn.arrived))
        if shorter is not None:
            conn.arrived = bytearray(shorter)
            with contextlib.suppress(OSError):
                conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _make_room(self) -> None:
        for waiting in (self._lingering, self._arriving):
            if waiting:
                conn = next(iter(waiting))
                if waiting is self._lingering:
                    self._stop_lingering(conn)
                else:
                    log.warning("connection_made_room", address=conn.address, waiting_for=conn.arrival.value)
                    self._forget(conn)
                    self._drop(conn)
                return
        if self.keepalived_conns:
            self.keepalived_conns[0].timeout = 0.0
            self.murder_keepalived()

    def _refuse_slow(self, conn: Connection) -> None:
        self._forget(conn)
        if conn.arrived:
            log.warning("client_too_slow", address=conn.address, waiting_for=conn.arrival.value)
            self._send(conn, TooSlow())
        self._drop(conn, graceful=bool(conn.arrived))

    def _refuse(self, conn: Connection, failure: Failure) -> None:
        log.warning("request_refused", address=conn.address, code=failure.code, status=failure.status)
        self._send(conn, failure)
        self._drop(conn, graceful=True)

    def _send(self, conn: Connection, failure: Failure) -> None:
        with contextlib.suppress(OSError):
            conn.sock.send(refusal(failure))

    def _forget(self, conn: Connection) -> None:
        self._arriving.pop(conn, None)
        with contextlib.suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)

    def _drop(self, conn: Connection, *, graceful: bool = False) -> None:
        self.nr_conns -= 1
        conn.close(graceful=graceful)

    def _on_discarded(self, conn: Connection, _sock: Any) -> None:
        """What comes after the answer is read and thrown away, or the client would not see the answer's end."""
        try:
            block = conn.sock.recv(MAX_RECEIVED)
        except BlockingIOError:
            return
        except OSError:
            block = b""
        conn.discarded += len(block)
        if not block or conn.discarded > MOST_DISCARDED:
            self._stop_lingering(conn)

    def _stop_lingering(self, conn: Connection) -> None:
        self._lingering.pop(conn, None)
        with contextlib.suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        util.close(conn.sock)

    # -- the threads -----------------------------------------------------------------------------------------------

    def handle_request(self, req: Any, conn: Connection) -> bool:
        """Answer a request; a client that stalls meanwhile is ended, with one line in the log."""
        sock = conn.sock
        sock.settimeout(STALLED_SECONDS)
        req.should_close = _closing_when_unread(req, whole=conn.arrival is Arrival.WHOLE)
        conn.sock = PacedSocket(sock)
        try:
            return bool(super().handle_request(req, conn))
        except TimeoutError:
            log.warning("client_too_slow", address=conn.address, waiting_for="answer")
            return False
        finally:
            conn.sock = sock

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Refuse what gunicorn's parser did; what else goes wrong is told as gunicorn does."""
        if not isinstance(exc, ParseException) or isinstance(exc, ConfigurationProblem):
            super().handle_error(req, client, addr, exc)
            return
        failure = _refusal_of(exc)
        structlog.contextvars.clear_contextvars()  # this thread's last request was another one
        log.warning(
            "request_refused",
            address=str(addr[0]) if isinstance(addr, tuple) else "",
            code=failure.code,
            status=failure.status,
            reason=type(exc).__name__,
        )
        with contextlib.suppress(OSError):
            client.sendall(refusal(failure))


def _refusal_of(error: ParseException) -> Failure:
    if isinstance(error, LimitRequestLine):
        return AddressTooLong()
    return HeadTooLarge() if isinstance(error, LimitRequestHeaders) else Unreadable()


def _closing_when_unread(req: Any, *, whole: bool) -> Callable[[], bool]:
    """Whether the connection closes after this answer: also when not all of the body was read before it.

    Gunicorn decides on closing only after the answer, whose head has then said keep-alive.
    """
    said = req.should_close

    def should_close() -> bool:
        body = req.body
        if said() or body.failed:
            return True
        left = getattr(body.reader, "length", None)
        return not whole and (body.reader.parser is not None if left is None else left > 0)

    return should_close
