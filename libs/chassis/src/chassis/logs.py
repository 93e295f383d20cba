"""Logs: JSON lines in production, plain lines for people. Personal data are refused by name."""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import lru_cache
from typing import Any

import structlog
from structlog.typing import Processor

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


# What follows the first line of a PostgreSQL error: "Key (mobile)=(13900000001) already exists."
_TELLS_VALUES = ("DETAIL:", "CONTEXT:", "HINT:", "LINE ")


def refuse_private(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Replace the values of private names."""
    return {name: ("[private]" if name in PRIVATE else value) for name, value in event.items()}


def tell_exception(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Write `exc_info` out as a traceback, without the lines in which PostgreSQL tells the values of a row."""
    said = event.pop("exc_info", None)
    error = said if isinstance(said, BaseException) else sys.exc_info()[1] if said else None
    if error is None:
        return event
    lines = "".join(traceback.format_exception(error)).splitlines()
    kept = "\n".join(line for line in lines if not line.startswith(_TELLS_VALUES))
    return {**event, "error": type(error).__name__, "exception": kept}


def _json(event: Mapping[str, Any], *, default: Callable[[Any], Any]) -> str:
    return _encoder(default).encode(event)


@lru_cache(maxsize=1)
def _encoder(default: Callable[[Any], Any]) -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, default=default)


def configure_logs(settings: Settings) -> None:
    """Set structlog and the standard library's logging up once per process; later calls change nothing."""
    if structlog.is_configured():
        return
    level = getattr(logging, settings.environ.get("KAIKE_LOG_LEVEL", "INFO").upper(), logging.INFO)
    renderer: Any = structlog.processors.JSONRenderer(serializer=_json)
    if settings.environ.get("KAIKE_LOG_FORMAT", "json") == "plain":
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    ends: list[Processor] = [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        tell_exception,
        refuse_private,
        renderer,
    ]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, *ends],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    others = logging.StreamHandler(sys.stderr)
    others.setFormatter(LikeOurs(ends))
    logging.basicConfig(level=logging.WARNING, handlers=[others])
    threading.excepthook = _tell_of_thread


class LikeOurs(logging.Formatter):
    """Writes what libraries log (pika, urllib3, gunicorn) as our own lines: one each, its traceback inside."""

    def __init__(self, ends: Sequence[Processor]) -> None:
        """`ends` makes the text of an event."""
        super().__init__()
        self._ends = ends

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        event: Any = {"logger": record.name, "level": record.levelname.lower(), "event": record.getMessage()}
        if record.exc_info and record.exc_info[1] is not None:
            event["exc_info"] = record.exc_info[1]
        for process in self._ends:
            event = process(None, record.levelname.lower(), event)
        return str(event)


def _tell_of_thread(ended: threading.ExceptHookArgs) -> None:
    name = ended.thread.name if ended.thread else "unknown"
    structlog.get_logger(__name__).error("thread_ended", thread=name, exc_info=ended.exc_value)
