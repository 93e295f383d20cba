"""Builders for tests: small real upstream servers on loopback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from flask import Flask

from edge.shares import Shares


@dataclass
class Seen:
    """One request as a service received it."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The value of a header, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


Answer = Callable[["Handler"], None]


@dataclass
class Upstream:
    """A service that remembers what it was asked and answers as the test says."""

    server: ThreadingHTTPServer
    seen: list[Seen] = field(default_factory=list)
    answer: Answer = field(default=lambda handler: handler.say(200, b'{"ok":true}'))

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """Hands every request to the test's answer."""

    protocol_version = "HTTP/1.1"
    upstream: Upstream
    timeout = 10

    def say(self, status: int, body: bytes = b"", headers: list[tuple[str, str]] | None = None) -> None:
        """Answer whole."""
        self.send_response(status)
        for name, value in headers or [("Content-Type", "application/json")]:
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests print nothing."""

    def _handle(self) -> None:
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            body = self._chunks()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.upstream.seen.append(Seen(self.command, self.path, list(self.headers.items()), body))
        self.upstream.answer(self)

    def _chunks(self) -> bytes:
        parts = []
        while line := self.rfile.readline().strip():
            parts.append(self.rfile.read(int(line, 16)))
            self.rfile.readline()
            if line == b"0":
                return b"".join(parts)
        raise ConnectionError("the body broke off")

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _handle  # noqa: N815 - http.server's names


class QuietServer(ThreadingHTTPServer):
    """A client that hangs up is part of the tests, no news."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


def ended(shares: Shares) -> None:
    """Wait until no transfer of this kind is running."""
    with shares._changed:
        assert shares._changed.wait_for(lambda: not shares._running, 5)


GatewayMaker = Callable[..., Flask]
