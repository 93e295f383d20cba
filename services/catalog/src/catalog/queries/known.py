"""What is known of providers and papers."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from catalog.models import Provider, ProviderAddon, PublishedPaper
from catalog.queries.visibility import of_tab, visible
from catalog.rules.ownership import ProviderInactive, Scope


def addons_of(session: Session, provider_id: uuid.UUID | None) -> frozenset[str]:
    """B14: the add-ons that a provider holds now."""
    held = sa.select(ProviderAddon.addon).where(
        ProviderAddon.provider_id == provider_id, ProviderAddon.active.is_(True)
    )
    return frozenset(session.scalars(held))


def check_active(session: Session, provider_id: uuid.UUID | None) -> None:
    """Raise ProviderInactive for a provider that was switched off. One not heard of yet is taken as active:
    identity has just signed its account in."""
    found = session.get(Provider, provider_id) if provider_id is not None else None
    if found is not None and not found.active:
        raise ProviderInactive


def papers_by_id(
    session: Session, ids: Collection[uuid.UUID], *, owner: uuid.UUID | None
) -> Mapping[uuid.UUID, PublishedPaper]:
    """Those of the papers that this owner may use: official ones and its own."""
    usable = visible(PublishedPaper.provider_id, Scope(provider_id=owner))
    rows = session.scalars(sa.select(PublishedPaper).where(PublishedPaper.paper_version_id.in_(ids), usable))
    return {row.paper_version_id: row for row in rows}


def select_papers(scope: Scope, *, tab: str | None, kind: str | None, text: str | None) -> sa.Select[Any]:
    """The newest version of each paper that the account may use, by title."""
    newer = aliased(PublishedPaper)
    superseded = sa.exists().where(
        newer.paper_id == PublishedPaper.paper_id, newer.paper_version > PublishedPaper.paper_version
    )
    column = PublishedPaper.provider_id
    select = sa.select(PublishedPaper).where(visible(column, scope), of_tab(column, tab, scope), ~superseded)
    if kind is not None:
        select = select.where(PublishedPaper.kind == kind)
    if text:
        select = select.where(PublishedPaper.title.icontains(text, autoescape=True))
    return select.order_by(PublishedPaper.title, PublishedPaper.paper_version_id)
