"""What identity announces: the states of providers, dealers and staff. Learners are never announced."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from bus import announce
from bus.tables import aggregates
from sqlalchemy.orm import Session

from identity.models import Account, Dealer, Provider
from identity.rules.roles import effective_roles, is_staff

PROVIDER_CHANGED = "identity.provider.changed.v1"
DEALER_CHANGED = "identity.dealer.changed.v1"
ACCOUNT_CHANGED = "identity.account.changed.v1"
ACCESS_REVOKED = "identity.access.revoked.v1"

State = tuple[tuple[str, uuid.UUID], str, Mapping[str, Any]]
"""Aggregate, subject and data, as announced."""


def provider_changed(session: Session, provider: Provider, *, now: datetime) -> None:
    """Announce the present state of a provider."""
    _announce(session, PROVIDER_CHANGED, "provider", provider, provider_state(provider), now)


def dealer_changed(session: Session, dealer: Dealer, *, now: datetime) -> None:
    """Announce the present state of a dealer, with the account that settlements are paid to (B7)."""
    _announce(session, DEALER_CHANGED, "dealer", dealer, dealer_state(dealer), now)


def account_changed(session: Session, account: Account, *, was_staff: bool, now: datetime) -> None:
    """Announce the present state of a staff account, also of one that has just stopped being staff."""
    if was_staff or is_staff(account.roles):
        _announce(session, ACCOUNT_CHANGED, "account", account, account_state(account), now)


def access_revoked(session: Session, subject_id: uuid.UUID, *, least_epoch: int, now: datetime) -> None:
    """Announce that the access tokens of an account or program below this epoch are good no more."""
    data = {
        "subject_id": str(subject_id),
        "least_epoch": least_epoch,
        "revoked_at": now.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
    place = ("access", subject_id)
    announce(
        session, type=ACCESS_REVOKED, aggregate=place, subject=f"access/{subject_id}", data=data, now=now
    )


def provider_state(provider: Provider) -> dict[str, Any]:
    """The data of identity.provider.changed.v1."""
    return {
        "provider_id": str(provider.id),
        "code": provider.code,
        "name": provider.name,
        "account_name": provider.account_name,
        "dealer_id": str(provider.dealer_id),
        "active": provider.active,
    }


def dealer_state(dealer: Dealer) -> dict[str, Any]:
    """The data of identity.dealer.changed.v1."""
    names = (
        "code",
        "name",
        "bank_account_name",
        "bank_name",
        "bank_account_number",
        "contact_name",
        "contact_phone",
    )
    return {
        "dealer_id": str(dealer.id),
        **{name: getattr(dealer, name) for name in names},
        "active": dealer.active,
    }


def account_state(account: Account) -> dict[str, Any]:
    """The data of identity.account.changed.v1: a display name, never a login or a mobile number."""
    return {
        "account_id": str(account.id),
        "name": account.name,
        "roles": list(effective_roles(roles=account.roles, provider_active=True, dealer_active=True)),
        "provider_id": str(account.provider_id) if account.provider_id else None,
        "dealer_id": str(account.dealer_id) if account.dealer_id else None,
        "active": account.active,
    }


def present_providers(session: Session) -> Iterator[State]:
    """Every provider's state, for a consumer's rebuild."""
    for row in session.scalars(sa.select(Provider).order_by(Provider.id)):
        yield _place("provider", row), _subject("provider", row), provider_state(row)


def present_dealers(session: Session) -> Iterator[State]:
    """Every dealer's state, for a consumer's rebuild."""
    for row in session.scalars(sa.select(Dealer).order_by(Dealer.id)):
        yield _place("dealer", row), _subject("dealer", row), dealer_state(row)


def present_accounts(session: Session) -> Iterator[State]:
    """Every account that has been announced: whoever is staff, or was and is no more."""
    staff = sa.select(Account).where(
        Account.id.in_(sa.select(aggregates.c.id).where(aggregates.c.type == "account"))
    )
    for row in session.scalars(staff.order_by(Account.id)):
        yield _place("account", row), _subject("account", row), account_state(row)


def _announce(
    session: Session, kind: str, aggregate: str, row: Any, data: dict[str, Any], now: datetime
) -> None:
    place, subject = _place(aggregate, row), _subject(aggregate, row)
    announce(session, type=kind, aggregate=place, subject=subject, data=data, now=now)


def _place(aggregate: str, row: Any) -> tuple[str, uuid.UUID]:
    return aggregate, row.id


def _subject(aggregate: str, row: Any) -> str:
    return f"{aggregate}/{row.id}"
