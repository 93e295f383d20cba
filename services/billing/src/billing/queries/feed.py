"""A dealer reads its feed (B15)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.models.feed import DealerEvent


def dealer_events(session: Session, *, dealer_id: UUID, after: int, limit: int) -> list[DealerEvent]:
    """The dealer's events behind position `after`, in order. None is ever added behind one already given out."""
    wanted = (
        select(DealerEvent)
        .where(DealerEvent.dealer_id == dealer_id, DealerEvent.position > after)
        .order_by(DealerEvent.position)
        .limit(limit)
    )
    return list(session.scalars(wanted))
