"""What a graduated class costs (B2, B3). Integer arithmetic only, amounts in fen."""

from dataclasses import dataclass

from chassis.errors import Invalid

SHARE_NUMERATOR = 90
SHARE_DENOMINATOR = 100


class ImpossibleCounts(Invalid):
    """Counts that no class can have, so no bill may be made of them."""

    code = "billing.bill.impossible_counts"
    title = "班级人数不成立"
    next_step = "请核对加入人数和完成人数：完成人数不能超过加入人数，两者都不能为负数。"


@dataclass(frozen=True, slots=True)
class Bill:
    """A class's bill. `gross_fen` less `waiver_fen` less `refund_fen` is `amount_fen`, never below zero."""

    joined_count: int
    finished_count: int
    billed_headcount: int
    per_head_fee_fen: int
    gross_fen: int
    waiver_fen: int
    refund_fen: int
    amount_fen: int


def billed_headcount(*, joined_count: int, finished_count: int) -> int:
    """B2, the 90% rule: those who finished, but never fewer than 90% of those who joined, rounded up.

    Raises ImpossibleCounts for counts that are negative or where more finished than joined.
    """
    if not 0 <= finished_count <= joined_count:
        raise ImpossibleCounts(joined_count=joined_count, finished_count=finished_count)
    floor_of_joined = -(-joined_count * SHARE_NUMERATOR // SHARE_DENOMINATOR)
    return max(finished_count, floor_of_joined)


def class_bill(
    *, joined_count: int, finished_count: int, per_head_fee_fen: int, waived: bool, refund_fen: int = 0
) -> Bill:
    """B2 and B3: headcount times fee; a waiver takes all of it off, a refund at most what is left."""
    headcount = billed_headcount(joined_count=joined_count, finished_count=finished_count)
    gross = headcount * per_head_fee_fen
    waiver = gross if waived else 0
    refund = max(0, min(refund_fen, gross - waiver))
    return Bill(
        joined_count=joined_count,
        finished_count=finished_count,
        billed_headcount=headcount,
        per_head_fee_fen=per_head_fee_fen,
        gross_fen=gross,
        waiver_fen=waiver,
        refund_fen=refund,
        amount_fen=gross - waiver - refund,
    )
