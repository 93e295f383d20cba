"""How money moves between accounts (B9). An entry names both its sides, so it always sums to zero."""

from dataclasses import dataclass
from enum import StrEnum

from billing.rules.bills import Bill


class AccountKind(StrEnum):
    """The accounts of one book: what a provider owes to, paid to and keeps at one dealer."""

    RECEIVABLE = "receivable"
    REVENUE = "revenue"
    BANK = "bank"
    PREPAID = "prepaid"


class EntryKind(StrEnum):
    """Why money moved."""

    CLASS = "class"
    WAIVER = "waiver"
    REFUND = "refund"
    BANK_PAYMENT = "bank_payment"


DEBIT_NORMAL = frozenset({AccountKind.RECEIVABLE, AccountKind.BANK})


@dataclass(frozen=True, slots=True)
class Entry:
    """`amount_fen` (more than zero) from the credited account to the debited one."""

    kind: EntryKind
    debit: AccountKind
    credit: AccountKind
    amount_fen: int


def entries_of_bill(bill: Bill) -> list[Entry]:
    """A new order: its gross is owed to the dealer, waiver and refund take from that. Zero moves nothing."""
    owed, earned = AccountKind.RECEIVABLE, AccountKind.REVENUE
    moves = [
        Entry(EntryKind.CLASS, owed, earned, bill.gross_fen),
        Entry(EntryKind.WAIVER, earned, owed, bill.waiver_fen),
        Entry(EntryKind.REFUND, earned, owed, bill.refund_fen),
    ]
    return [move for move in moves if move.amount_fen > 0]


def entry_of_payment(*, amount_fen: int) -> Entry:
    """A confirmed bank settlement of one order: the money is in the bank and no longer owed."""
    return Entry(EntryKind.BANK_PAYMENT, AccountKind.BANK, AccountKind.RECEIVABLE, amount_fen)


def balance(*, kind: AccountKind, debits_fen: int, credits_fen: int) -> int:
    """An account's balance on its own side: positive when it holds what such an account usually holds."""
    return debits_fen - credits_fen if kind in DEBIT_NORMAL else credits_fen - debits_fen
