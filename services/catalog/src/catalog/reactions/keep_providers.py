"""identity.provider.changed.v1: who the providers are, and which are switched off."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import bus
import sqlalchemy as sa
from bus import Event
from chassis.db import upsert_many
from sqlalchemy.orm import Session

from catalog.models import Provider


def keep_providers(session: Session, events: Sequence[Event]) -> None:
    """Keep the newest state of each provider."""
    rows = [_row(event) for event in bus.latest(events)]
    upsert_many(session, Provider, rows, key="provider_id", version="sequence")


def forget_providers(session: Session) -> None:
    """Empty the projection, for a rebuild."""
    session.execute(sa.delete(Provider))


def _row(event: Event) -> dict[str, object]:
    data = event.data
    return {
        "provider_id": uuid_or_none(data["provider_id"]),
        "code": data["code"],
        "name": data["name"],
        "dealer_id": uuid_or_none(data["dealer_id"]),
        "active": data["active"],
        "sequence": event.sequence,
    }


def uuid_or_none(text: str | None) -> UUID | None:
    """An id of an event."""
    return UUID(text) if text else None
