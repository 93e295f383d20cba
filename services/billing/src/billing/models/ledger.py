"""The double-entry ledger (B9). An entry is one row that names both its sides, so it cannot fail to sum to zero."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import HasId
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from billing.models.base import Fen, Model, frozen


class LedgerBook(HasId, Model):
    """What lies between one provider and one dealer. Whoever posts into a book locks it first."""

    __tablename__ = "ledger_books"
    __table_args__ = (UniqueConstraint("provider_id", "dealer_id", "unit", name="uq_ledger_books_pair"),)

    provider_id: Mapped[uuid.UUID]
    dealer_id: Mapped[uuid.UUID] = mapped_column(index=True)
    unit: Mapped[str] = mapped_column(String(8))


class LedgerAccount(HasId, Model):
    """An account of a book. `balance` is kept on the account's own side by a trigger, with each entry's row."""

    __tablename__ = "ledger_accounts"
    __table_args__ = (
        UniqueConstraint("book_id", "kind", name="uq_ledger_accounts_kind"),
        UniqueConstraint("id", "book_id", name="uq_ledger_accounts_book"),
        CheckConstraint(
            "kind IN ('receivable', 'revenue', 'bank', 'prepaid')", name="ck_ledger_accounts_kind"
        ),
        CheckConstraint("kind <> 'prepaid' OR balance >= 0", name="ck_ledger_accounts_prepaid_not_negative"),
    )

    book_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ledger_books.id"))
    kind: Mapped[str] = mapped_column(String(16))
    balance: Mapped[Fen] = mapped_column(default=0)


class LedgerTransaction(HasId, Model):
    """Entries that belong together, with the event or request behind them (B16). Once per order and settlement."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", name="uq_ledger_transactions_subject"),
        UniqueConstraint("id", "book_id", name="uq_ledger_transactions_book"),
        CheckConstraint(
            "kind IN ('order_created', 'settlement_confirmed')", name="ck_ledger_transactions_kind"
        ),
        frozen(),
    )

    book_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ledger_books.id"))
    kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[uuid.UUID]
    at: Mapped[datetime]
    source_kind: Mapped[str] = mapped_column(String(8))
    source_id: Mapped[str] = mapped_column(String(64))


class LedgerEntry(HasId, Model):
    """`amount` (in the book's unit, more than zero) from the credited to the debited account of one book."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        ForeignKeyConstraint(
            ["transaction_id", "book_id"],
            ["ledger_transactions.id", "ledger_transactions.book_id"],
            name="fk_ledger_entries_transaction",
        ),
        ForeignKeyConstraint(
            ["debit_id", "book_id"],
            ["ledger_accounts.id", "ledger_accounts.book_id"],
            name="fk_ledger_entries_debit",
        ),
        ForeignKeyConstraint(
            ["credit_id", "book_id"],
            ["ledger_accounts.id", "ledger_accounts.book_id"],
            name="fk_ledger_entries_credit",
        ),
        CheckConstraint("amount > 0", name="ck_ledger_entries_amount"),
        CheckConstraint("debit_id <> credit_id", name="ck_ledger_entries_two_sides"),
        Index("ix_ledger_entries_book", "book_id", "id"),
        frozen(),
    )

    transaction_id: Mapped[uuid.UUID]
    book_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(16))
    debit_id: Mapped[uuid.UUID]
    credit_id: Mapped[uuid.UUID]
    amount: Mapped[Fen]
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("orders.id"), index=True)

    transaction: Mapped[LedgerTransaction] = relationship(lazy="joined")
    debit: Mapped[LedgerAccount] = relationship(
        lazy="joined",
        foreign_keys="LedgerEntry.debit_id",
        primaryjoin="LedgerEntry.debit_id == LedgerAccount.id",
        viewonly=True,
    )
    credit: Mapped[LedgerAccount] = relationship(
        lazy="joined",
        foreign_keys="LedgerEntry.credit_id",
        primaryjoin="LedgerEntry.credit_id == LedgerAccount.id",
        viewonly=True,
    )
