"""B2 and B3: what a graduated class costs."""

import math
from fractions import Fraction

import pytest
from billing.rules.bills import ImpossibleCounts, billed_headcount, class_bill


@pytest.mark.parametrize(
    ("joined", "finished", "billed"),
    [
        (10, 3, 9),
        (11, 3, 10),
        (20, 19, 19),
        (0, 0, 0),
        (1, 0, 1),
        (1, 1, 1),
        (9, 0, 9),
        (10, 9, 9),
        (10, 10, 10),
        (100, 90, 90),
        (100, 91, 91),
        (101, 0, 91),
        (500, 0, 450),
    ],
)
def test_the_examples_of_the_90_percent_rule(joined: int, finished: int, billed: int) -> None:
    assert billed_headcount(joined_count=joined, finished_count=finished) == billed


def test_the_90_percent_rule_agrees_with_exact_fractions_for_every_class_there_can_be() -> None:
    for joined in range(501):
        floor_of_joined = math.ceil(joined * Fraction(9, 10))
        for finished in range(joined + 1):
            billed = billed_headcount(joined_count=joined, finished_count=finished)
            assert billed == max(finished, floor_of_joined), (joined, finished)
            assert type(billed) is int


@pytest.mark.parametrize(("joined", "finished"), [(-1, 0), (0, -1), (0, 1), (10, 11), (-2, -1)])
def test_counts_that_no_class_can_have_are_refused(joined: int, finished: int) -> None:
    with pytest.raises(ImpossibleCounts):
        billed_headcount(joined_count=joined, finished_count=finished)


def test_amount_is_billed_headcount_times_fee() -> None:
    bill = class_bill(joined_count=11, finished_count=3, per_head_fee_fen=7500, waived=False)
    assert (bill.billed_headcount, bill.gross_fen, bill.amount_fen) == (10, 75_000, 75_000)
    assert (bill.waiver_fen, bill.refund_fen) == (0, 0)


def test_a_waived_class_costs_nothing_and_has_nothing_to_refund() -> None:
    bill = class_bill(joined_count=11, finished_count=3, per_head_fee_fen=7500, waived=True, refund_fen=100)
    assert (bill.gross_fen, bill.waiver_fen, bill.refund_fen, bill.amount_fen) == (75_000, 75_000, 0, 0)


@pytest.mark.parametrize(
    ("refund", "taken_off", "amount"),
    [(0, 0, 75_000), (1, 1, 74_999), (75_000, 75_000, 0), (75_001, 75_000, 0), (10**9, 75_000, 0)],
)
def test_a_refund_takes_off_at_most_the_whole_amount(refund: int, taken_off: int, amount: int) -> None:
    bill = class_bill(
        joined_count=11, finished_count=3, per_head_fee_fen=7500, waived=False, refund_fen=refund
    )
    assert (bill.refund_fen, bill.amount_fen) == (taken_off, amount)
