"""Study passes, read by supervision's signature alone (S6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chassis.papers import BadPaper
from chassis.web import runtime


def claims_of(study_pass: str, *, now: datetime) -> dict[str, Any] | None:
    """The claims of a genuine pass, also of one whose time is over: what was done offline counts inside it.

    None for anything else: such a report is not credited, and the others in the same request are.
    """
    try:
        return runtime().papers.read(study_pass, typ="pass", issuer="supervision", now=now, expired_ok=True)
    except BadPaper:
        return None
