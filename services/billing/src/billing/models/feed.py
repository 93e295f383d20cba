"""The dealers' feed (B15): each dealer's events in the order in which they were committed, without gaps."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from chassis.db import JSONDocument
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from billing.models.base import Model, frozen


class DealerFeed(Model):
    """The last position of a dealer's feed. Raising it locks the row until the commit: one writer at a time."""

    __tablename__ = "dealer_feeds"

    dealer_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int]


class DealerEvent(Model):
    """One event as the dealer reads it: a CloudEvents envelope with money as decimal strings."""

    __tablename__ = "dealer_events"
    __table_args__ = (
        UniqueConstraint("event_id", name="uq_dealer_events_event"),
        CheckConstraint("position > 0", name="ck_dealer_events_position"),
        frozen(),
    )

    dealer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dealer_feeds.dealer_id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[uuid.UUID]
    type: Mapped[str] = mapped_column(String(80))
    envelope: Mapped[Any] = mapped_column(JSONDocument)
    created_at: Mapped[datetime]
