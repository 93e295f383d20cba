"""Whose accounts, providers and dealers somebody sees. What is not seen answers as if it did not exist."""

from __future__ import annotations

import uuid
from typing import Any, Protocol

import sqlalchemy as sa
from chassis.db import locked
from chassis.errors import NotFound
from sqlalchemy.orm import Session

from identity.models import Account, Dealer, Grant, Provider
from identity.rules.names import read_as_typed
from identity.rules.roles import PLATFORM_ADMIN, PLATFORM_REVIEWER, PROVIDER_ADMIN


class Viewer(Protocol):
    """Who looks: the actor of a request."""

    @property
    def roles(self) -> frozenset[str]:
        """The roles held."""

    @property
    def provider_id(self) -> uuid.UUID | None:
        """The provider of the provider roles."""

    @property
    def dealer_id(self) -> uuid.UUID | None:
        """The dealer of the dealer roles."""


class AccountUnknown(NotFound):
    """No such account, or one of somebody else's."""

    code = "identity.account.not_found"
    title = "账号不存在"
    next_step = "请刷新列表后重试。"


class ProviderUnknown(NotFound):
    """No such provider, or one of somebody else's."""

    code = "identity.provider.not_found"
    title = "培训单位不存在"
    next_step = "请刷新列表后重试。"


class DealerUnknown(NotFound):
    """No such dealer, or not the viewer's."""

    code = "identity.dealer.not_found"
    title = "经销商不存在"
    next_step = "请刷新列表后重试。"


def accounts(viewer: Viewer, filters: dict[str, Any]) -> sa.Select[Any]:
    """platform_admin sees all accounts, provider_admin those of the own provider."""
    found = sa.select(Account).where(_own_accounts(viewer))
    if filters.get("role"):
        found = found.where(Account.id.in_(sa.select(Grant.account_id).where(Grant.role == filters["role"])))
    for name in ("active", "provider_id", "dealer_id"):
        if filters.get(name) is not None:
            found = found.where(getattr(Account, name) == filters[name])
    if filters.get("text"):
        text = filters["text"]
        found = found.where(
            sa.or_(
                Account.name.contains(text, autoescape=True),
                Account.login.contains(text.lower(), autoescape=True),
                Account.mobile == read_as_typed(text),
            )
        )
    return found.order_by(Account.created_at.desc(), Account.id.desc())


def providers(viewer: Viewer, filters: dict[str, Any]) -> sa.Select[Any]:
    """The platform sees all providers, a dealer's staff the dealer's, a provider's staff their own."""
    found = sa.select(Provider).where(_own_providers(viewer))
    if filters.get("text"):
        text = filters["text"]
        found = found.where(sa.or_(Provider.name.contains(text, autoescape=True), Provider.code == text))
    for name in ("active", "dealer_id"):
        if filters.get(name) is not None:
            found = found.where(getattr(Provider, name) == filters[name])
    return found.order_by(Provider.code)


def dealers(viewer: Viewer, filters: dict[str, Any]) -> sa.Select[Any]:
    """The platform sees all dealers, others the one that they work for or are served by."""
    found = sa.select(Dealer).where(_own_dealers(viewer))
    if filters.get("text"):
        text = filters["text"]
        found = found.where(sa.or_(Dealer.name.contains(text, autoescape=True), Dealer.code == text.upper()))
    if filters.get("active") is not None:
        found = found.where(Dealer.active == filters["active"])
    return found.order_by(Dealer.code)


def account_of(session: Session, viewer: Viewer, account_id: uuid.UUID, *, lock: bool = False) -> Account:
    """The account, when the viewer sees it. Raises AccountUnknown."""
    seen = session.scalar(sa.select(Account.id).where(Account.id == account_id, _own_accounts(viewer)))
    row = _row(session, Account, seen, lock)
    if row is None:
        raise AccountUnknown
    return row


def provider_of(session: Session, viewer: Viewer, provider_id: uuid.UUID, *, lock: bool = False) -> Provider:
    """The provider, when the viewer sees it. Raises ProviderUnknown."""
    seen = session.scalar(sa.select(Provider.id).where(Provider.id == provider_id, _own_providers(viewer)))
    row = _row(session, Provider, seen, lock)
    if row is None:
        raise ProviderUnknown
    return row


def dealer_of(session: Session, viewer: Viewer, dealer_id: uuid.UUID, *, lock: bool = False) -> Dealer:
    """The dealer, when the viewer sees it. Raises DealerUnknown."""
    seen = session.scalar(sa.select(Dealer.id).where(Dealer.id == dealer_id, _own_dealers(viewer)))
    row = _row(session, Dealer, seen, lock)
    if row is None:
        raise DealerUnknown
    return row


def _row(session: Session, model: Any, key: uuid.UUID | None, lock: bool) -> Any:
    if key is None:
        return None
    return locked(session, model, key) if lock else session.get(model, key)


def _own_accounts(viewer: Viewer) -> sa.ColumnElement[bool]:
    if PLATFORM_ADMIN in viewer.roles:
        return sa.true()
    if PROVIDER_ADMIN in viewer.roles and viewer.provider_id is not None:
        return Account.provider_id == viewer.provider_id
    return sa.false()


def _own_providers(viewer: Viewer) -> sa.ColumnElement[bool]:
    if viewer.roles & {PLATFORM_ADMIN, PLATFORM_REVIEWER}:
        return sa.true()
    own = [Provider.id == viewer.provider_id] if viewer.provider_id else []
    served = [Provider.dealer_id == viewer.dealer_id] if viewer.dealer_id else []
    return sa.or_(sa.false(), *own, *served)


def _own_dealers(viewer: Viewer) -> sa.ColumnElement[bool]:
    if viewer.roles & {PLATFORM_ADMIN, PLATFORM_REVIEWER}:
        return sa.true()
    own = [Dealer.id == viewer.dealer_id] if viewer.dealer_id else []
    serving = sa.select(Provider.dealer_id).where(Provider.id == viewer.provider_id)
    return sa.or_(sa.false(), *own, *([Dealer.id.in_(serving)] if viewer.provider_id else []))
