"""Logs: JSON lines in production, plain lines for people. Personal data are refused by name."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from chassis.config import Settings

# Names of values that must never be written to a log, whatever the caller thinks.
PRIVATE = frozenset(
    {
        "password",
        "document_number",
        "mobile",
        "phone",
        "contact",
        "token",
        "secret",
        "code_text",
        "authorization",
        "photo",
    }
)


def refuse_private(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Replace the values of private names."""
    return {name: ("[private]" if name in PRIVATE else value) for name, value in event.items()}


def configure_logs(settings: Settings) -> None:
    """Set structlog and the standard library's logging up once per process; later calls change nothing."""
    if structlog.is_configured():
        return
    level = getattr(logging, settings.environ.get("KAIKE_LOG_LEVEL", "INFO").upper(), logging.INFO)
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if settings.environ.get("KAIKE_LOG_FORMAT", "json") == "plain":
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            refuse_private,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
