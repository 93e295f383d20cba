"""/livez, /readyz and /metrics of a worker, on a TCP port or a Unix socket: KAIKE_WORKER_HEALTH says which.

`:9100` or `127.0.0.1:9100` is a port, `unix:/run/billing.sock` a socket; without it there is no such server.
"""

from __future__ import annotations

import json
import socket
import socketserver
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

log = structlog.get_logger("bus.worker")

Verdicts = Callable[[], dict[str, bool]]


class HealthServer:
    """Answers in threads of its own."""

    def __init__(self, *, address: str, alive: Verdicts, ready: Verdicts) -> None:
        """Begin to answer at `address`."""
        handler = type("Handler", (_Handler,), {"alive": staticmethod(alive), "ready": staticmethod(ready)})
        self._socket: Path | None = None
        if address.startswith("unix:"):
            self._socket = Path(address.removeprefix("unix:"))
            self._socket.unlink(missing_ok=True)
            self._server: socketserver.BaseServer = _UnixServer(str(self._socket), handler)
        else:
            host, _, port = address.rpartition(":")
            self._server = _TcpServer((host or "0.0.0.0", int(port)), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, name="health", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The TCP port that was given, for an address that left it open (`127.0.0.1:0`)."""
        address: Any = self._server.server_address
        return int(address[1])

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
        if self._socket is not None:
            self._socket.unlink(missing_ok=True)


class _Quiet(socketserver.BaseServer):
    """A caller that leaves in the middle is no news; whatever else goes wrong with one is a line of the log."""

    def handle_error(self, request: object, client_address: object) -> None:
        log.warning("probe.failed", error=repr(sys.exc_info()[1]))


class _TcpServer(_Quiet, socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class _UnixServer(_Quiet, socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    alive: ClassVar[Verdicts]
    ready: ClassVar[Verdicts]

    def do_GET(self) -> None:
        if self.path == "/livez":
            self._verdict(type(self).alive())
        elif self.path == "/readyz":
            self._verdict(type(self).ready())
        elif self.path == "/metrics":
            self._answer(200, CONTENT_TYPE_LATEST, generate_latest())
        else:
            self._answer(404, "text/plain", b"not here\n")

    def _verdict(self, parts: dict[str, bool]) -> None:
        good = all(parts.values())
        self._answer(
            200 if good else 503, "application/json", json.dumps({"ok": good, "parts": parts}).encode()
        )

    def _answer(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def address_string(self) -> str:
        address: Any = self.client_address  # empty for a Unix socket
        return str(address[0]) if address else "local"

    def log_message(self, format: str, *args: object) -> None:
        """Probes every few seconds are no news."""


def unix_get(path: Path, where: str) -> tuple[int, bytes]:
    """GET over a Unix socket; what the supervisor of `make run` and the tests ask with."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(5)
        connection.connect(str(path))
        connection.sendall(f"GET {where} HTTP/1.0\r\nHost: local\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body
