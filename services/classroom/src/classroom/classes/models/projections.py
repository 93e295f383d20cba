"""What other services said of themselves, kept as this service's own small tables."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from chassis.db import JSONDocument, UtcDateTime
from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models.base import Model


class KnownProvider(Model):
    """identity.provider.changed.v1."""

    __tablename__ = "known_providers"

    provider_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    dealer_id: Mapped[uuid.UUID | None]
    active: Mapped[bool]


class KnownDealer(Model):
    """identity.dealer.changed.v1."""

    __tablename__ = "known_dealers"

    dealer_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(200))
    contact_name: Mapped[str] = mapped_column(String(100))
    contact_phone: Mapped[str] = mapped_column(String(40))
    active: Mapped[bool]


class KnownAccount(Model):
    """identity.account.changed.v1: staff, of whom class teachers and assistants are chosen."""

    __tablename__ = "known_accounts"
    __table_args__ = (Index("ix_known_accounts_provider", "provider_id"),)

    account_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(100))
    roles: Mapped[list[str]] = mapped_column(JSONDocument)
    provider_id: Mapped[uuid.UUID | None]
    dealer_id: Mapped[uuid.UUID | None]
    active: Mapped[bool]


class KnownCategory(Model):
    """catalog.category.changed.v1."""

    __tablename__ = "known_categories"

    category_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(100))
    path: Mapped[list[str]] = mapped_column(JSONDocument)
    """Names from the root, itself last."""


class PackageVersion(Model):
    """catalog.package.published.v1: a version never changes, so the fact itself is kept (C8)."""

    __tablename__ = "package_versions"
    __table_args__ = (Index("ix_package_versions_provider", "provider_id"),)

    package_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID | None]
    """None for an official package (C9)."""
    name: Mapped[str] = mapped_column(String(200))
    data: Mapped[dict[str, Any]] = mapped_column(JSONDocument)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
