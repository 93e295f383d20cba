"""Tickets, signed by this service (K15)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from chassis.web import runtime

from classroom.joining.rules.tickets import LIFETIME


def signed(claims: dict[str, Any], *, typ: str, now: datetime) -> dict[str, Any]:
    """The paper and when it ends, as TicketSchema gives it out."""
    signer = runtime().signer
    assert signer is not None
    return {
        "ticket": signer.sign(claims, typ=typ, lifetime=LIFETIME, now=now),
        "expires_at": now + timedelta(seconds=LIFETIME),
    }
