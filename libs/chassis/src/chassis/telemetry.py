"""OpenTelemetry traces, when an exporter is named (`OTEL_EXPORTER_OTLP_ENDPOINT`) and the extra is installed."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask
from sqlalchemy import Engine

from chassis.config import Settings

log = structlog.get_logger(__name__)


class _Once:
    started = False


def start_telemetry(settings: Settings, *, engine: Engine, app: Flask | None = None) -> bool:
    """Trace this process's requests (with `app`) and statements. Returns whether there is anything to export to."""
    if not settings.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        return False
    try:
        from opentelemetry.instrumentation.flask import FlaskInstrumentor
        from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
    except ImportError:
        log.warning("telemetry_not_installed", hint="pip install 'kaike[telemetry]'")
        return False
    if not _Once.started:
        _export(settings)
        _Once.started = True
    SQLAlchemyInstrumentor().instrument(engine=engine)
    if app is not None:
        FlaskInstrumentor().instrument_app(  # type: ignore[no-untyped-call]
            app, excluded_urls="livez,readyz,metrics"
        )
    return True


def _export(settings: Settings) -> None:
    """Spans of this process go out in batches, in a thread of their own."""
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    about: dict[str, Any] = {
        "service.name": f"kaike-{settings.service}",
        "deployment.environment": settings.env,
    }
    provider = TracerProvider(resource=Resource.create(about))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
