"""The ledger as it is read: balances of a viewer's books, and every movement with its source (B9, B16)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from billing.models.known import KnownDealer, KnownProvider
from billing.models.ledger import LedgerAccount, LedgerBook, LedgerEntry
from billing.models.orders import Order
from billing.queries.viewers import Viewer


def balances(*, viewer: Viewer) -> Select[Any]:
    """(account, book, provider name, dealer name), book by book."""
    return (
        select(LedgerAccount, LedgerBook, KnownProvider.name, KnownDealer.name)
        .join(LedgerBook, LedgerBook.id == LedgerAccount.book_id)
        .outerjoin(KnownProvider, KnownProvider.provider_id == LedgerBook.provider_id)
        .outerjoin(KnownDealer, KnownDealer.dealer_id == LedgerBook.dealer_id)
        .where(viewer.sees(LedgerBook))
        .order_by(LedgerBook.id, LedgerAccount.kind, LedgerAccount.id)
    )


def movements(
    *, viewer: Viewer, order_id: UUID | None, provider_id: UUID | None
) -> Select[tuple[LedgerEntry]]:
    """The entries of the viewer's books; in the order in which they were written by their ids."""
    wanted = (
        select(LedgerEntry)
        .join(LedgerBook, LedgerBook.id == LedgerEntry.book_id)
        .where(viewer.sees(LedgerBook))
    )
    if order_id is not None:
        wanted = wanted.where(LedgerEntry.order_id == order_id)
    if provider_id is not None:
        wanted = wanted.where(LedgerBook.provider_id == provider_id)
    return wanted


def order_numbers(session: Session, entries: list[LedgerEntry]) -> dict[UUID, str]:
    """The numbers of the orders that these entries belong to."""
    wanted = select(Order.id, Order.number).where(Order.id.in_({entry.order_id for entry in entries}))
    return dict(session.execute(wanted).tuples().all())
