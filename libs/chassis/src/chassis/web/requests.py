"""What every request gets: an id, a log line, counters, safe headers, and a body whose faults are its client's."""

from __future__ import annotations

import re
import time

import structlog
from flask import Flask, Response, g, request
from prometheus_client import Counter, Histogram

from chassis.config import Settings
from chassis.ids import new_id
from chassis.logs import configure_logs
from chassis.web.bodies import ReadableBody

REQUESTS = Counter("kaike_http_requests_total", "Requests answered", ["service", "operation", "status"])
SECONDS = Histogram("kaike_http_request_seconds", "Time to answer", ["service", "operation"])
QUIET = {"livez", "readyz", "metrics"}

log = structlog.get_logger("chassis.request")


def register_requests(app: Flask, settings: Settings) -> None:
    """Give each request an id (kept from `X-Request-Id` when well formed) and account for it at its end."""
    configure_logs(settings)
    app.wsgi_app = ReadableBody(app.wsgi_app)  # type: ignore[method-assign]
    bound = log.bind()  # the logger as it is configured now, made once instead of for each line

    @app.before_request
    def begin() -> None:
        """Must be the first of all: the others' errors carry the id."""
        said = request.headers.get("X-Request-Id", "")
        g.request_id = said if re.fullmatch(r"[A-Za-z0-9_.-]{8,80}", said) else str(new_id())
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id, service=app.name)

    @app.after_request
    def end(response: Response) -> Response:
        """Account for the request and say its id."""
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        operation = (request.endpoint or "none").rpartition(".")[2]
        REQUESTS.labels(app.name, operation, str(response.status_code)).inc()
        SECONDS.labels(app.name, operation).observe(seconds)
        if operation not in QUIET:
            bound.info(
                "request",
                method=request.method,
                operation=operation,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )
        if "request_id" in g:
            response.headers["X-Request-Id"] = g.request_id
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "no-store")
        return response
