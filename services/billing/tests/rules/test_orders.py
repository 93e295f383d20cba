"""B4 and B6: order numbers and states."""

from datetime import date

import pytest
from billing.rules.orders import (
    BadProviderCode,
    OrderKind,
    OrderState,
    SerialExhausted,
    first_days_of_months,
    last_day_to_pay,
    order_number,
    shown_state,
)
from hypothesis import given
from hypothesis import strategies as st

DAY = date(2022, 8, 16)


@pytest.mark.parametrize(
    ("kind", "serial", "code", "number"),
    [
        (OrderKind.CLASS, 9, "000240", "12022081600009000240"),
        (OrderKind.LIVE, 1, "000001", "22022081600001000001"),
        (OrderKind.ADD_ON, 99_999, "999999", "32022081699999999999"),
    ],
)
def test_an_order_number_is_kind_day_serial_and_provider(
    kind: OrderKind, serial: int, code: str, number: str
) -> None:
    assert order_number(kind=kind, day=DAY, serial=serial, provider_code=code) == number


def test_the_serial_after_99999_is_an_error() -> None:
    with pytest.raises(SerialExhausted):
        order_number(kind=OrderKind.CLASS, day=DAY, serial=100_000, provider_code="000240")


def test_serials_begin_at_one() -> None:
    with pytest.raises(ValueError, match="begin at 1"):
        order_number(kind=OrderKind.CLASS, day=DAY, serial=0, provider_code="000240")


@pytest.mark.parametrize("code", ["", "240", "0000240", "00024a", "００0240", "²00240"])
def test_a_provider_code_is_six_plain_digits(code: str) -> None:
    with pytest.raises(BadProviderCode):
        order_number(kind=OrderKind.CLASS, day=DAY, serial=1, provider_code=code)


PARTS = st.tuples(
    st.sampled_from(list(OrderKind)),
    st.dates(date(2000, 1, 1), date(2999, 12, 31)),
    st.integers(1, 99_999),
    st.from_regex(r"[0-9]{6}", fullmatch=True).filter(str.isascii),
)


@given(PARTS, PARTS)
def test_two_orders_share_a_number_only_when_they_share_every_part(
    one: tuple[OrderKind, date, int, str], other: tuple[OrderKind, date, int, str]
) -> None:
    numbers = [order_number(kind=k, day=d, serial=s, provider_code=c) for k, d, s, c in (one, other)]
    assert all(len(number) == 20 and number.isdigit() for number in numbers)
    assert (numbers[0] == numbers[1]) == (one == other)


@pytest.mark.parametrize(
    ("state", "today", "shown"),
    [
        (OrderState.UNSETTLED, date(2022, 9, 14), "unsettled"),
        (OrderState.UNSETTLED, date(2022, 9, 15), "unsettled"),
        (OrderState.UNSETTLED, date(2022, 9, 16), "overdue"),
        (OrderState.SETTLEMENT_SUBMITTED, date(2022, 9, 16), "settlement_submitted"),
        (OrderState.SETTLED, date(2022, 9, 16), "settled"),
    ],
)
def test_an_order_is_overdue_the_day_after_its_term_unless_it_is_being_settled(
    state: OrderState, today: date, shown: str
) -> None:
    due_day = last_day_to_pay(created_day=DAY, term_days=30)
    assert due_day == date(2022, 9, 15)
    assert shown_state(state=state, due_day=due_day, today=today) == shown


@pytest.mark.parametrize(
    ("today", "firsts"),
    [
        (date(2026, 3, 31), [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]),
        (date(2026, 2, 1), [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]),
        (date(2026, 12, 9), [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]),
    ],
)
def test_the_last_months_end_with_the_present_one(today: date, firsts: list[date]) -> None:
    assert first_days_of_months(today=today, months=3) == firsts
