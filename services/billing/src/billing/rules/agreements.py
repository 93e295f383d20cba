"""Which price agreement is in force (B1)."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

LEAST_PRICE_FEN = 1
"""Nothing is agreed for 0.00: a class is free by a waiver (B3), and what is not agreed is left out (B1)."""
MOST_UNIT_PRICE_FEN = 9_999_999
"""99,999.99 per learner or live minute."""
MOST_YEARLY_PRICE_FEN = 999_999_999
"""9,999,999.99 per year of an add-on."""


class Terms(Protocol):
    """What the rule needs to know of an agreement. `number` counts a provider's agreements from 1."""

    @property
    def number(self) -> int: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def dealer_id(self) -> UUID: ...


T = TypeVar("T", bound=Terms)


def in_force(agreements: Iterable[T], *, dealer_id: UUID | None, day: date) -> T | None:
    """B1: of the agreements with the provider's present dealer that have begun, the one that began last.

    Of two that begin on one day the one written later counts: agreements are never changed, a new one supersedes.
    None means that the provider has no price on that day.
    """
    begun = [one for one in agreements if one.dealer_id == dealer_id and one.valid_from <= day]
    return max(begun, key=lambda one: (one.valid_from, one.number), default=None)
