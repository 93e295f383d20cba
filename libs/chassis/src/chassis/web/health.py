"""/livez, /readyz and /metrics, outside of the API."""

from __future__ import annotations

import os

import sqlalchemy as sa
from flask import Flask, Response, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest, multiprocess

from chassis import troubles
from chassis.config import Settings
from chassis.db import DatabaseError, reading
from chassis.service import Service
from chassis.troubles import DiskCollector


def register_health(app: Flask, service: Service, settings: Settings) -> None:
    """A web process is ready when its database answers; the broker does not count. What is full or away besides is
    named and makes nothing unready: reading goes on."""
    troubles.begin()
    disk = CollectorRegistry()
    disk.register(DiskCollector(settings.var))

    @app.get("/livez")
    def livez() -> ResponseReturnValue:
        """The process answers."""
        return jsonify(service=service.name, live=True)

    @app.get("/readyz")
    def readyz() -> ResponseReturnValue:
        """The process can do its work."""
        try:
            with reading(), service.db.engine.connect() as connection:
                connection.execute(sa.text("SELECT 1"))
        except DatabaseError as error:
            return jsonify(service=service.name, ready=False, database=type(error).__name__), 503
        found = troubles.lately(settings.var)
        return jsonify(service=service.name, ready=True, **({"away": found} if found else {}))

    @app.get("/metrics")
    def metrics() -> Response:
        """Prometheus, over all worker processes when `PROMETHEUS_MULTIPROC_DIR` is set."""
        registry = REGISTRY
        if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return Response(generate_latest(registry) + generate_latest(disk), content_type=CONTENT_TYPE_LATEST)
