"""Billing's small tables of providers, dealers and classes, kept from their owners' events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from bus import Event, latest
from chassis.db import upsert_many
from sqlalchemy import delete
from sqlalchemy.orm import Session

from billing.models.known import KnownClass, KnownDealer, KnownProvider


def keep_providers(session: Session, events: Sequence[Event]) -> None:
    """identity.provider.changed → known_providers."""
    _keep(session, KnownProvider, events, key="provider_id", read=_provider)


def keep_dealers(session: Session, events: Sequence[Event]) -> None:
    """identity.dealer.changed → known_dealers."""
    _keep(session, KnownDealer, events, key="dealer_id", read=_dealer)


def keep_classes(session: Session, events: Sequence[Event]) -> None:
    """classroom.class.changed → known_classes."""
    _keep(session, KnownClass, events, key="class_id", read=_class)


def clear(model: Any) -> Callable[[Session], None]:
    """Empties a projection before it is built anew."""

    def empty(session: Session) -> None:
        session.execute(delete(model))

    return empty


def _keep(
    session: Session,
    model: Any,
    events: Sequence[Event],
    *,
    key: str,
    read: Callable[[Mapping[str, Any]], dict[str, Any]],
) -> None:
    """One statement for the batch; a row is replaced only by a newer state of it."""
    rows = [{**read(event.data), "version": event.sequence} for event in latest(events)]
    upsert_many(session, model, rows, key=key)


def _provider(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "provider_id": UUID(data["provider_id"]),
        "code": data["code"],
        "name": data["name"],
        "account_name": data["account_name"],
        "dealer_id": UUID(data["dealer_id"]) if data["dealer_id"] else None,
        "active": data["active"],
    }


def _dealer(data: Mapping[str, Any]) -> dict[str, Any]:
    names = (
        "code",
        "name",
        "bank_account_name",
        "bank_name",
        "bank_account_number",
        "contact_name",
        "contact_phone",
        "active",
    )
    return {"dealer_id": UUID(data["dealer_id"]), **{name: data[name] for name in names}}


def _class(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "class_id": UUID(data["class_id"]),
        "provider_id": UUID(data["provider_id"]),
        "name": data["name"],
        "type": data["type"],
        "state": data["state"],
        "start_day": date.fromisoformat(data["start_day"]),
        "end_day": date.fromisoformat(data["end_day"]),
        "region": data["region"],
    }
