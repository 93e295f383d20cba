"""What is known of providers and papers."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from chassis.errors import Conflict, Gone, ProjectionPending
from sqlalchemy.orm import Session, aliased

from catalog.models import KnownClass, Provider, ProviderAddon, PublishedPaper
from catalog.queries.visibility import of_tab, visible
from catalog.rules.ownership import ProviderInactive, Scope


class ClassNotOpen(Conflict):
    """From the graduation application on nothing of the class is seen any more (K27)."""

    code = "catalog.class.not_open"
    title = "班级已提交结业或已结业，不能再观看"
    next_step = "如有疑问，请联系班主任。"


class TicketOutdated(Gone):
    """The class was closed and opened again since the ticket was given."""

    code = "catalog.ticket.outdated"
    title = "学习凭证已失效"
    next_step = "请刷新学习页面，会自动取得新的凭证。"


def require_open_class(session: Session, class_id: uuid.UUID, *, epoch: int) -> None:
    """Raise ClassNotOpen or TicketOutdated unless the class is open in the ticket's epoch, ProjectionPending while
    that is not known yet: tickets are only given for open classes."""
    known = session.get(KnownClass, class_id)
    if known is None or known.epoch < epoch or known.state in ("draft", "opening_review"):
        raise ProjectionPending(retry_after=1)
    if epoch < known.epoch:
        raise TicketOutdated
    if known.state != "open":
        raise ClassNotOpen


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
