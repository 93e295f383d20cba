"""Identity under test."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.service import Service
from chassis.testing import Tester
from chassis.testing.plugin import Committed, FrozenClock
from flask import Flask
from identity.models import Account, Dealer, Provider, db
from identity.testing import OwnIssuer, a_dealer, a_provider, an_account, as_actor
from sqlalchemy.orm import Session


@pytest.fixture
def service() -> Service:
    from identity.app import SERVICE

    return SERVICE


@pytest.fixture
def client(app: Flask, session: Session) -> Tester:
    """Calls with tokens that identity itself has signed, sharing the test's transaction."""

    def around() -> None:
        session.flush()
        session.expire_all()

    return Tester(app, OwnIssuer(app.extensions["kaike.runtime"]), around)  # type: ignore[arg-type]


@pytest.fixture
def live(committed: Committed) -> Committed:
    """`committed` with identity's own tokens."""
    issuer = OwnIssuer(committed.app.extensions["kaike.runtime"])
    return replace(committed, client=Tester(committed.app, issuer))  # type: ignore[arg-type]


@pytest.fixture
def announced(session: Session) -> Callable[[str], list[dict[str, Any]]]:
    """The data of all announcements of a type, in order."""

    def read(event_type: str) -> list[dict[str, Any]]:
        table = db.metadata.tables["bus_outbox"]
        rows = session.scalars(sa.select(table.c.body).where(table.c.type == event_type).order_by(table.c.id))
        return [json.loads(body)["data"] for body in rows]

    return read


@pytest.fixture
def dealer(session: Session, clock: FrozenClock) -> Dealer:
    return a_dealer(session, now=clock.now)


@pytest.fixture
def provider(session: Session, clock: FrozenClock, dealer: Dealer) -> Provider:
    return a_provider(session, now=clock.now, dealer=dealer)


@pytest.fixture
def account(session: Session, clock: FrozenClock) -> Callable[..., Account]:
    """`account("registrar", provider=…)`."""
    return lambda *roles, **given: an_account(session, *roles, now=clock.now, **given)


@pytest.fixture
def platform(client: Tester, account: Callable[..., Account]) -> Any:
    """Calls of a platform_admin."""
    return client.as_(as_actor(account("platform_admin")))


@pytest.fixture
def admin(client: Tester, account: Callable[..., Account], provider: Provider) -> Any:
    """Calls of the provider's administrator."""
    return client.as_(as_actor(account("provider_admin", provider=provider)))
