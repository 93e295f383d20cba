"""B9: how an order and its payment move money."""

from billing.rules.bills import class_bill
from billing.rules.ledger import AccountKind, Entry, balance, entries_of_bill, entry_of_payment
from hypothesis import given
from hypothesis import strategies as st


def balances(entries: list[Entry]) -> dict[AccountKind, int]:
    return {
        kind: balance(
            kind=kind,
            debits_fen=sum(move.amount_fen for move in entries if move.debit is kind),
            credits_fen=sum(move.amount_fen for move in entries if move.credit is kind),
        )
        for kind in AccountKind
    }


@given(
    joined=st.integers(0, 500),
    share=st.floats(0, 1),
    fee=st.integers(0, 1_000_000),
    waived=st.booleans(),
    refund=st.integers(0, 10**9),
)
def test_what_a_bill_books_is_what_the_provider_owes_and_the_payment_closes_it(
    joined: int, share: float, fee: int, waived: bool, refund: int
) -> None:
    bill = class_bill(
        joined_count=joined,
        finished_count=int(joined * share),
        per_head_fee_fen=fee,
        waived=waived,
        refund_fen=refund,
    )
    booked = entries_of_bill(bill)
    assert all(move.amount_fen > 0 and move.debit is not move.credit for move in booked)
    after = balances(booked)
    assert after[AccountKind.RECEIVABLE] == after[AccountKind.REVENUE] == bill.amount_fen >= 0
    if bill.amount_fen:
        paid = balances([*booked, entry_of_payment(amount_fen=bill.amount_fen)])
        assert paid[AccountKind.RECEIVABLE] == 0
        assert paid[AccountKind.BANK] == paid[AccountKind.REVENUE] == bill.amount_fen
