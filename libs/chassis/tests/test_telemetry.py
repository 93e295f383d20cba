"""Traces go to the exporter that is named, and nothing is started where none is."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import sqlalchemy as sa
from chassis.config import Settings
from chassis.telemetry import start_telemetry

# In a process of its own: a tracer provider is set once per process and for good.
REQUEST = """
import sys
from opentelemetry import trace
from bakery.app import SERVICE
from chassis.config import Settings
from chassis.db.migrate import migrate
from chassis.web.app import build_app
settings = Settings.from_env("bakery")
migrate("bakery", settings.database_url, SERVICE.db)
answer = build_app(SERVICE, settings).test_client().get("/api/v1/bakery/opening-hours")
assert answer.status_code == 200
trace.get_tracer_provider().shutdown()
"""


@pytest.fixture
def collector():
    """What an OTLP collector on this machine was sent."""
    bodies = []

    class Collect(BaseHTTPRequestHandler):
        def do_POST(self):
            bodies.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_said):
            """Nobody reads it."""

    with HTTPServer(("127.0.0.1", 0), Collect) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", bodies
        server.shutdown()


def test_a_request_is_traced_to_the_named_exporter(collector, service, tmp_path):
    address, bodies = collector
    environ = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "OTEL_EXPORTER_OTLP_ENDPOINT": address,
        "KAIKE_ENV": "test",
        "KAIKE_SECRET": "x",
        "KAIKE_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/bakery.db",
    }
    done = subprocess.run(
        [sys.executable, "-c", REQUEST], env=environ, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert {path for path, _ in bodies} == {"/v1/traces"}
    sent = b"".join(body for _, body in bodies)
    assert b"kaike-bakery" in sent
    assert b"/api/v1/bakery/opening-hours" in sent


def test_without_an_exporter_nothing_is_started():
    settings = Settings.from_env("bakery", {"KAIKE_SECRET": "x", "KAIKE_ENV": "test"})
    assert start_telemetry(settings, engine=sa.create_engine("sqlite://")) is False
