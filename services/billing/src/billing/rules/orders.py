"""Order numbers (B4) and what state an order shows (B6)."""

from datetime import date, timedelta
from enum import StrEnum

from chassis.errors import Conflict, Invalid

SERIAL_MAX = 99_999
PROVIDER_CODE_LENGTH = 6


class OrderKind(StrEnum):
    """B5: the three kinds of order."""

    CLASS = "class"
    LIVE = "live"
    ADD_ON = "add_on"


KIND_DIGITS = {OrderKind.CLASS: "1", OrderKind.LIVE: "2", OrderKind.ADD_ON: "3"}


class OrderState(StrEnum):
    """B6 as it is stored. Overdue is not stored: it follows from the term and the day (`shown_state`)."""

    UNSETTLED = "unsettled"
    SETTLEMENT_SUBMITTED = "settlement_submitted"
    SETTLED = "settled"


OVERDUE = "overdue"


class SerialExhausted(Conflict):
    """B4: a provider's 99,999 orders of one kind on one day are used up."""

    code = "billing.order.serial_exhausted"
    title = "当日订单编号已用完"
    next_step = "同一单位同一类订单每天最多 99999 个，请于次日重新生成，并联系平台核查订单数量。"


class BadProviderCode(Invalid):
    """B4: the order number ends with exactly six digits of the provider."""

    code = "billing.provider.bad_code"
    title = "培训单位编码不是 6 位数字"
    next_step = "请平台管理员核对该培训单位的编码。"


def order_number(*, kind: OrderKind, day: date, serial: int, provider_code: str) -> str:
    """B4: kind (1) + Shanghai day of creation (8) + serial (5) + provider code (6), 20 digits in all."""
    if serial > SERIAL_MAX:
        raise SerialExhausted(serial=serial)
    if serial < 1:
        raise ValueError("serials begin at 1")
    if len(provider_code) != PROVIDER_CODE_LENGTH or not (
        provider_code.isascii() and provider_code.isdigit()
    ):
        raise BadProviderCode(provider_code=provider_code)
    return f"{KIND_DIGITS[kind]}{day:%Y%m%d}{serial:05d}{provider_code}"


def last_day_to_pay(*, created_day: date, term_days: int) -> date:
    """B6: the last Shanghai day on which an order is in time."""
    return created_day + timedelta(days=term_days)


def first_days_of_months(*, today: date, months: int) -> list[date]:
    """The first days of the last `months` calendar months, the month of `today` last."""
    last = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - months + 1, last + 1)]


def shown_state(*, state: OrderState, due_day: date, today: date) -> str:
    """B6: an unsettled order whose term has passed shows as overdue; one under review or settled never does."""
    if state is OrderState.UNSETTLED and today > due_day:
        return OVERDUE
    return state.value
