"""What tickets say: so that supervision, exam and media need to ask nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

LIFETIME = 3600
"""Seconds."""


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """An enrolment that an account has joined with, in a class at one policy version and epoch."""

    account_id: UUID
    enrolment_id: UUID
    learner_name: str
    class_id: UUID
    provider_id: UUID
    package_id: UUID | None
    package_version: int | None
    policy_version: int
    epoch: int


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The document that name and number were matched with (K15), without the number (S1)."""

    document: str
    """A fingerprint of its type and number."""
    sealed: str | None
    """Name, type and number for an outside verifier, which alone can open it; None without one."""


@dataclass(frozen=True, kw_only=True)
class TicketItem:
    """The one item for which an item ticket is good."""

    item_id: UUID
    kind: str
    seconds: int
    media_id: UUID | None
    paper_version_id: UUID | None
    ends_at: datetime
    """Of the ticket: in an hour, or with the last day on which the item may be opened (K17, K3)."""


def ticket_claims(ticket: Ticket, identity: Identity) -> dict[str, Any]:
    """The claims of an enrolment ticket."""
    return {**_enrolment_claims(ticket), "doc": identity.document, "sealed": identity.sealed}


def _enrolment_claims(ticket: Ticket) -> dict[str, Any]:
    package = None
    if ticket.package_id is not None:
        package = {"id": str(ticket.package_id), "version": ticket.package_version}
    return {
        "sub": str(ticket.account_id),
        "enr": str(ticket.enrolment_id),
        "name": ticket.learner_name,
        "cls": str(ticket.class_id),
        "prv": str(ticket.provider_id),
        "pkg": package,
        "pol": ticket.policy_version,
        "epoch": ticket.epoch,
        "matched": True,
    }


def item_ticket_claims(ticket: Ticket, item: TicketItem) -> dict[str, Any]:
    """The claims of an item ticket: those of the enrolment and the item. Nobody verifies a real name by it."""
    about = {
        "id": str(item.item_id),
        "kind": item.kind,
        "media_id": str(item.media_id) if item.media_id else None,
        "paper_version_id": str(item.paper_version_id) if item.paper_version_id else None,
        "seconds": item.seconds,
    }
    return {**_enrolment_claims(ticket), "item": about}
