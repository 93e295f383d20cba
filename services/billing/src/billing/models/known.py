"""What billing has heard of other services' things. Rebuilt from their events: nothing here has a foreign key."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from chassis.db import JSONDocument
from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from billing.models.base import Model


class KnownProvider(Model):
    """培训单位, from identity.provider.changed. `version` is the event's sequence: the greater one stays."""

    __tablename__ = "known_providers"

    provider_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    code: Mapped[str] = mapped_column(String(6))
    name: Mapped[str] = mapped_column(String(200))
    account_name: Mapped[str] = mapped_column(String(200))
    dealer_id: Mapped[uuid.UUID | None]
    active: Mapped[bool]

    __table_args__ = (Index("ix_known_providers_dealer_id", "dealer_id"),)


class KnownDealer(Model):
    """经销商, from identity.dealer.changed: its receiving account and its account manager (B7)."""

    __tablename__ = "known_dealers"

    dealer_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    bank_account_name: Mapped[str] = mapped_column(String(200))
    bank_name: Mapped[str] = mapped_column(String(200))
    bank_account_number: Mapped[str] = mapped_column(String(64))
    contact_name: Mapped[str] = mapped_column(String(100))
    contact_phone: Mapped[str] = mapped_column(String(50))
    active: Mapped[bool]


class KnownClass(Model):
    """A training class as it is now, from classroom.class.changed: an order shows its present days (B5)."""

    __tablename__ = "known_classes"

    class_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    provider_id: Mapped[uuid.UUID]
    name: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(40))
    start_day: Mapped[date | None]
    end_day: Mapped[date | None]
    region: Mapped[Any] = mapped_column(JSONDocument, nullable=True)
