"""B1: which price agreement is in force."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.rules.agreements import in_force

DEALER, OTHER = UUID(int=1), UUID(int=2)


@dataclass(frozen=True)
class Agreement:
    number: int
    valid_from: date
    dealer_id: UUID = DEALER


FIRST = Agreement(1, date(2026, 1, 1))
AUTUMN = Agreement(2, date(2026, 9, 1))
CORRECTED = Agreement(3, date(2026, 9, 1))


def force(*agreements: Agreement, on: date, dealer: UUID | None = DEALER) -> Agreement | None:
    return in_force(agreements, dealer_id=dealer, day=on)


def test_without_an_agreement_there_is_no_price() -> None:
    assert force(on=date(2026, 6, 1)) is None


def test_an_agreement_counts_from_its_first_day() -> None:
    assert force(FIRST, on=date(2025, 12, 31)) is None
    assert force(FIRST, on=date(2026, 1, 1)) is FIRST


def test_the_agreement_that_began_last_counts() -> None:
    assert force(AUTUMN, FIRST, on=date(2026, 8, 31)) is FIRST
    assert force(AUTUMN, FIRST, on=date(2026, 9, 1)) is AUTUMN


def test_of_two_that_begin_on_one_day_the_later_written_counts() -> None:
    assert force(CORRECTED, AUTUMN, FIRST, on=date(2026, 9, 1)) is CORRECTED


def test_an_agreement_with_a_dealer_that_the_provider_has_left_gives_no_price() -> None:
    assert force(FIRST, on=date(2026, 6, 1), dealer=OTHER) is None
    assert force(FIRST, on=date(2026, 6, 1), dealer=None) is None
