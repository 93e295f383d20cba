"""What an item ticket of classroom says, as plain facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class ItemTicket:
    """Classroom's word that an item of a class is open to this account, until `ends_at`."""

    account_id: UUID
    class_id: UUID
    epoch: int
    media_id: UUID | None
    ends_at: datetime


def item_ticket_of(claims: Mapping[str, Any]) -> ItemTicket:
    """The ticket that these claims describe. Raises KeyError, TypeError, ValueError or AttributeError when they are
    not a ticket's."""
    media_id = claims["item"]["media_id"]
    return ItemTicket(
        account_id=UUID(claims["sub"]),
        class_id=UUID(claims["cls"]),
        epoch=int(claims["epoch"]),
        media_id=UUID(media_id) if media_id else None,
        ends_at=datetime.fromtimestamp(claims["exp"], UTC),
    )
