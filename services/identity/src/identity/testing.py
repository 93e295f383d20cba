"""Builders for tests."""

from __future__ import annotations

import itertools
import uuid
from datetime import datetime
from functools import lru_cache
from typing import Any

from chassis.ids import new_id
from chassis.web.auth import Actor
from chassis.web.runtime import Runtime
from sqlalchemy.orm import Session

from identity.actions.hashing import Hasher
from identity.actions.organisations import next_serial
from identity.models import Account, Dealer, Grant, Provider
from identity.rules.roles import DEALER_ROLES, PROVIDER_ROLES
from identity.rules.serials import dealer_code, provider_code

PASSWORD = "a good password"
_numbers = itertools.count(1)


@lru_cache
def password_hash(password: str = PASSWORD) -> str:
    """The hash of a test's password, made once."""
    return Hasher().hash(password)


def a_dealer(session: Session, *, now: datetime, **given: Any) -> Dealer:
    """A dealer in the database."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "name": f"经销商{number}",
        "bank_account_name": f"经销商{number}",
        "bank_name": "中国银行",
        "bank_account_number": "6217000012345678",
        "contact_name": "钱伟",
        "contact_phone": "0571-88000001",
        "active": True,
        "code": dealer_code(next_serial(session, "dealer")),
    }
    return _add(session, Dealer(id=new_id(), created_at=now, updated_at=now, **{**values, **given}))


def a_provider(session: Session, *, now: datetime, dealer: Dealer | None = None, **given: Any) -> Provider:
    """A provider in the database, of a dealer of its own unless one is given."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "name": f"培训学校{number}",
        "account_name": f"培训学校{number}",
        "active": True,
        "code": provider_code(next_serial(session, "provider")),
        "dealer_id": (dealer or a_dealer(session, now=now)).id,
    }
    return _add(session, Provider(id=new_id(), created_at=now, updated_at=now, **{**values, **given}))


def an_account(
    session: Session,
    *roles: str,
    now: datetime,
    provider: Provider | None = None,
    dealer: Dealer | None = None,
    **given: Any,
) -> Account:
    """An account in the database with these roles and PASSWORD."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "login": f"user{number}",
        "name": f"用户{number}",
        "password_hash": password_hash(),
        "active": True,
        "provider_id": provider.id if provider else None,
        "dealer_id": dealer.id if dealer else None,
        "mobile_verified_at": now if given.get("mobile") else None,
    }
    account = _add(session, Account(id=new_id(), created_at=now, updated_at=now, **{**values, **given}))
    for role in roles:
        provider_id = account.provider_id if role in PROVIDER_ROLES else None
        dealer_id = account.dealer_id if role in DEALER_ROLES else None
        session.add(Grant(account_id=account.id, role=role, provider_id=provider_id, dealer_id=dealer_id))
    session.flush()
    session.expire(account)
    return account


def as_actor(account: Account, *, session_id: uuid.UUID | None = None) -> Actor:
    """The account as the actor of a request."""
    return Actor(
        account_id=account.id,
        name=account.name,
        roles=frozenset(account.roles),
        provider_id=account.provider_id,
        dealer_id=account.dealer_id,
        session_id=session_id,
    )


class OwnIssuer:
    """Signs access tokens with identity's own key, as `chassis.testing` does for the other services' tests."""

    def __init__(self, runtime: Runtime) -> None:
        """`runtime` is that of the app under test."""
        self._runtime = runtime

    def access_token(self, actor: Actor, *, now: datetime) -> str:
        """The access token of an account."""
        signer = self._runtime.signer
        assert signer is not None
        claims = {
            "sub": str(actor.account_id),
            "name": actor.name,
            "roles": sorted(actor.roles),
            "provider": str(actor.provider_id) if actor.provider_id else None,
            "dealer": str(actor.dealer_id) if actor.dealer_id else None,
            "sid": str(actor.session_id) if actor.session_id else None,
            "epoch": None,
        }
        return signer.sign(claims, typ="access", lifetime=300, now=now)


def _add(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row
