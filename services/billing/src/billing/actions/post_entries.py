"""Posting into the ledger (B9). Whatever is posted names the order or settlement, and the source behind it (B16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis.db import insert
from chassis.ids import new_id
from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.models.ledger import LedgerAccount, LedgerBook, LedgerEntry, LedgerTransaction
from billing.rules.ledger import AccountKind, Entry
from billing.rules.sources import Source

UNIT = "fen"


def post_entries(
    session: Session,
    *,
    provider_id: UUID,
    dealer_id: UUID,
    kind: Literal["order_created", "settlement_confirmed"],
    subject_id: UUID,
    entries: Sequence[tuple[UUID, Entry]],
    source: Source,
    now: datetime,
) -> LedgerTransaction | None:
    """B9: one transaction of `entries`, each (order id, entry), in the book of this provider and dealer.
    Without entries (an order on which nothing was charged) there is nothing to book, and None comes back."""
    if not entries:
        return None
    book = _book(session, provider_id=provider_id, dealer_id=dealer_id)
    accounts = _accounts(session, book=book)
    transaction = LedgerTransaction(
        book_id=book.id,
        kind=kind,
        subject_id=subject_id,
        at=now,
        source_kind=source.kind,
        source_id=source.id,
    )
    session.add(transaction)
    session.flush()
    session.add_all(
        LedgerEntry(
            transaction_id=transaction.id,
            book_id=book.id,
            kind=entry.kind.value,
            debit_id=accounts[entry.debit],
            credit_id=accounts[entry.credit],
            amount=entry.amount_fen,
            order_id=order_id,
        )
        for order_id, entry in entries
    )
    session.flush()
    return transaction


def _book(session: Session, *, provider_id: UUID, dealer_id: UUID) -> LedgerBook:
    """The book, made when it is missing, locked: so that two postings never wait crosswise for its accounts."""
    made = insert(session, LedgerBook).values(
        id=new_id(), provider_id=provider_id, dealer_id=dealer_id, unit=UNIT
    )
    session.execute(made.on_conflict_do_nothing())
    wanted = select(LedgerBook).where(
        LedgerBook.provider_id == provider_id, LedgerBook.dealer_id == dealer_id, LedgerBook.unit == UNIT
    )
    return session.scalars(wanted.with_for_update()).one()


def _accounts(session: Session, *, book: LedgerBook) -> dict[AccountKind, UUID]:
    wanted = select(LedgerAccount.kind, LedgerAccount.id).where(LedgerAccount.book_id == book.id)
    found = {AccountKind(kind): key for kind, key in session.execute(wanted)}
    for kind in AccountKind:
        if kind not in found:
            account = LedgerAccount(book_id=book.id, kind=kind.value)
            session.add(account)
            session.flush()
            found[kind] = account.id
    return found
