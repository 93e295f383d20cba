"""Keep what a page reports of an error: a line in the log for its cause, a counter for the alarm (K31)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from prometheus_client import Counter

from identity.rules.client_errors import nameless

ERRORS = Counter("kaike_client_errors_total", "Errors that the pages reported", ["kind", "page"])
# Names of routes are ours and few; what anybody else makes up must not become a series each.
MOST_PAGES = 200
_pages: set[str] = set()

log = structlog.get_logger(__name__)


def note_client_error(report: Mapping[str, Any]) -> None:
    """K31: one line `client_error`, with nothing that names a person."""
    ERRORS.labels(report["kind"], _known(report["page"])).inc()
    log.warning(
        "client_error",
        kind=report["kind"],
        message=nameless(report["message"]),
        stack=nameless(report["stack"]),
        page=report["page"],
        class_id=str(report["class_id"]) if report["class_id"] else None,
        browser=report["browser"],
        device=report["device"],
        screen=report["screen"],
        release=report["release"],
        request_ids=report["request_ids"],
        at=report["at"].isoformat(),
    )


def _known(page: str) -> str:
    if page not in _pages and len(_pages) >= MOST_PAGES:
        return "other"
    _pages.add(page)
    return page
