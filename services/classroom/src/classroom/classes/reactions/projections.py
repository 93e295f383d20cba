"""What identity and catalog say, kept as small tables of our own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bus import Event, latest
from chassis.db import insert_missing, upsert_many
from sqlalchemy.orm import Session

from classroom.classes.models import (
    KnownAccount,
    KnownCategory,
    KnownDealer,
    KnownProvider,
    PackageVersion,
    TrainingClass,
)


def keep_providers(session: Session, events: Sequence[Event]) -> None:
    """identity.provider.changed → known_providers."""
    _keep(session, KnownProvider, events, key="provider_id", fields=("code", "name", "dealer_id", "active"))


def keep_dealers(session: Session, events: Sequence[Event]) -> None:
    """identity.dealer.changed → known_dealers."""
    wanted = ("name", "contact_name", "contact_phone", "active")
    _keep(session, KnownDealer, events, key="dealer_id", fields=wanted)


def keep_accounts(session: Session, events: Sequence[Event]) -> None:
    """identity.account.changed → known_accounts."""
    wanted = ("name", "roles", "provider_id", "dealer_id", "active")
    _keep(session, KnownAccount, events, key="account_id", fields=wanted)


def keep_categories(session: Session, events: Sequence[Event]) -> None:
    """catalog.category.changed → known_categories."""
    _keep(session, KnownCategory, events, key="category_id", fields=("name", "path"))


def keep_packages(session: Session, events: Sequence[Event]) -> None:
    """catalog.package.published → package_versions. A published version never changes: the first stays."""
    rows = {
        (event.data["package_id"], event.data["version"]): {
            "package_id": UUID(event.data["package_id"]),
            "version": event.data["version"],
            "provider_id": _id(event.data["provider_id"]),
            "name": event.data["name"],
            "data": dict(event.data),
            "received_at": event.time,
        }
        for event in events
    }
    insert_missing(session, PackageVersion, list(rows.values()))


def forget_packages(session: Session) -> None:
    """Empty the projection for a rebuild, but for the versions that classes stand on: those never change, and a class
    that is announced meanwhile must not lose its exam."""
    used = sa.select(TrainingClass.id).where(
        TrainingClass.package_id == PackageVersion.package_id,
        TrainingClass.package_version == PackageVersion.version,
    )
    session.execute(sa.delete(PackageVersion).where(~used.exists()))


def clearing(model: Any) -> Callable[[Session], None]:
    """Empties a projection before it is built anew."""

    def clear(session: Session) -> None:
        session.execute(sa.delete(model))

    return clear


def _keep(session: Session, model: Any, events: Sequence[Event], *, key: str, fields: Sequence[str]) -> None:
    """One statement for the batch; a row is replaced only by a newer state of it."""
    rows = [_row(event.data, key, fields) | {"version": event.sequence} for event in latest(events)]
    upsert_many(session, model, rows, key=key)


def _row(data: Mapping[str, Any], key: str, fields: Sequence[str]) -> dict[str, Any]:
    return {name: _id(data[name]) if name.endswith("_id") else data[name] for name in (key, *fields)}


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
