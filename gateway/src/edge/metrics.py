"""`/metrics` of the two public processes: for the monitoring, not for the public."""

from __future__ import annotations

import hmac
import os
from ipaddress import ip_address

from flask import Flask, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest, multiprocess

from edge.config import EdgeSettings
from edge.paths import NoSuchService


def register_metrics(app: Flask, settings: EdgeSettings) -> None:
    """Put the path in place."""

    @app.get("/metrics")
    def metrics() -> Response:
        """Prometheus, over all worker processes when `PROMETHEUS_MULTIPROC_DIR` is set.

        With `KAIKE_METRICS_TOKEN` for whoever brings it as a bearer token; without, for this machine alone. Raises
        NoSuchService for everybody else: how many sign in and what fails is nobody's business outside.
        """
        if not _may_read(settings.metrics_token):
            raise NoSuchService
        registry = REGISTRY
        if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_read(token: str | None) -> bool:
    if token is not None:
        said = request.headers.get("Authorization", "")
        return hmac.compare_digest(said.encode(), f"Bearer {token}".encode())
    # A proxy on this machine stands for the whole world; it says so by naming for whom it asks.
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    try:
        return ip_address(request.environ.get("REMOTE_ADDR") or "").is_loopback and not forwarded
    except ValueError:
        return False
