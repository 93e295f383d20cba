from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from supervision.check_in.rules.counting import day_counts, days_checked_in, percent
from supervision.check_in.rules.slots import Slot


@pytest.mark.parametrize(
    ("required", "done", "counts"),
    [
        (["day"], ["day"], True),
        (["day"], [], False),
        (["morning", "afternoon"], ["morning"], False),
        (["morning", "afternoon"], ["afternoon"], False),
        (["morning", "afternoon"], ["morning", "afternoon"], True),
        ([], ["day"], False),
    ],
)
def test_a_day_counts_when_every_slot_is_there(required: list, done: list, counts: bool) -> None:
    assert day_counts(required=[Slot(one) for one in required], done=[Slot(one) for one in done]) is counts


def test_only_whole_days_are_counted() -> None:
    both = (Slot.MORNING, Slot.AFTERNOON)
    done = {date(2026, 11, 24): both, date(2026, 11, 25): both[:1], date(2026, 11, 26): both}
    assert days_checked_in(required=both, done=done) == 2


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, None),
        (0, 7, "0.00"),
        (6, 7, "85.71"),
        (7, 7, "100.00"),
        (9999, 10000, "99.99"),
        (1, 20000, "0.00"),
    ],
)
def test_a_rate_is_told_in_hundredths_of_a_percent(part: int, whole: int, text: str | None) -> None:
    assert percent(part, whole) == text


@given(whole=st.integers(1, 10**6), missing=st.integers(1, 10**6))
def test_a_hundred_percent_means_all(whole: int, missing: int) -> None:
    assert percent(max(0, whole - missing), whole) != "100.00"
