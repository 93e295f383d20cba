"""Small real upstream servers on loopback, and the gateway in front of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from edge.app import create_app
from edge.config import EdgeSettings
from edge.testing import GatewayMaker, Handler, QuietServer, Upstream
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server


@pytest.fixture
def make_upstream() -> Iterator[Callable[[], Upstream]]:
    """Start upstream servers; all of them end with the test."""
    running: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def make() -> Upstream:
        handler = type("TestHandler", (Handler,), {})
        server = QuietServer(("127.0.0.1", 0), handler)
        upstream = Upstream(server)
        handler.upstream = upstream  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        running.append((server, thread))
        return upstream

    yield make
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def upstream(make_upstream: Callable[[], Upstream]) -> Upstream:
    """One service."""
    return make_upstream()


@pytest.fixture
def contracts(tmp_path: Path) -> Path:
    """A small contracts folder."""
    folder = tmp_path / "contracts"
    (folder / "openapi").mkdir(parents=True)
    (folder / "openapi" / "identity.yaml").write_text("openapi: 3.1.0\n")
    (folder / "errors.yaml").write_text(
        "identity.sign_in.wrong: {status: 401, title: 账号或密码不正确, next_step: 请重新输入。}\n"
    )
    return folder


@pytest.fixture
def make_gateway(tmp_path: Path, contracts: Path) -> Iterator[GatewayMaker]:
    """A gateway with the given addresses (`identity="http://…"`) and settings."""
    apps: list[Flask] = []

    def make(urls: dict[str, str], **settings: Any) -> Flask:
        defaults: dict[str, Any] = {
            "env": "test",
            "var": tmp_path,
            "contracts": contracts,
            "connect_seconds": 1.0,
        }
        app = create_app(EdgeSettings(urls=urls, **{**defaults, **settings}))
        app.testing = True
        apps.append(app)
        return app

    yield make
    for app in apps:
        app.extensions["edge.upstreams"].close()
        app.extensions["edge.readiness"].close()


@pytest.fixture
def client(make_gateway: GatewayMaker, upstream: Upstream) -> FlaskClient:
    """A client of a gateway with identity behind it."""
    return make_gateway({"identity": upstream.url}).test_client()


@pytest.fixture
def serve() -> Iterator[Callable[[Flask], str]]:
    """Serve an app over a real socket and return its address."""
    running: list[tuple[Any, threading.Thread]] = []

    def start(app: Flask) -> str:
        app.testing = False
        server = make_server("127.0.0.1", 0, app, threaded=True)
        server.daemon_threads = True  # type: ignore[attr-defined]
        server.log = lambda *args, **kwargs: None  # type: ignore[method-assign]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()
