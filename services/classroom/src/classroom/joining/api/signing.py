"""Tickets, signed by this service (K15)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from chassis.web import runtime
from nacl.public import PublicKey

from classroom.config import verifier_key
from classroom.joining.actions.identify import identify
from classroom.joining.rules.tickets import LIFETIME, Ticket, ticket_claims
from classroom.roster.api.resources import document_cipher
from classroom.roster.models import Enrolment


def signed_ticket(ticket: Ticket, enrolment: Enrolment, *, now: datetime) -> dict[str, Any]:
    """The enrolment ticket, as TicketSchema gives it out."""
    key: PublicKey | None = runtime().extra("verifier-key", verifier_key)
    identity = identify(enrolment, cipher=document_cipher(), verifier_key=key)
    return signed(ticket_claims(ticket, identity), typ="ticket", now=now)


def signed(
    claims: dict[str, Any], *, typ: str, now: datetime, ends_at: datetime | None = None
) -> dict[str, Any]:
    """The paper and when it ends, in an hour unless told otherwise, as TicketSchema gives it out."""
    ends_at = ends_at or now + timedelta(seconds=LIFETIME)
    signer = runtime().signer
    assert signer is not None
    return {
        "ticket": signer.sign(claims, typ=typ, lifetime=int((ends_at - now).total_seconds()), now=now),
        "expires_at": ends_at,
    }
