"""Codes by SMS."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from identity.rules.sms_codes import NUMBER_QUOTAS, SentCode, TooManyCodes, check_quota, fresh_code, is_usable

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return NOON - timedelta(**span)


def test_a_code_has_six_digits():
    codes = {fresh_code() for _ in range(200)}
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(codes) > 150


@pytest.mark.parametrize(
    ("sent", "wait"),
    [
        ([], None),
        ([ago(seconds=60)], None),
        ([ago(seconds=10)], 50),
        ([ago(seconds=59.5)], 1),
        ([ago(minutes=m) for m in (5, 10, 20, 30, 50)], 600),
        ([ago(minutes=m) for m in (5, 10, 20, 30, 60)], None),
        ([ago(hours=h) for h in range(2, 12)], 13 * 3600),
    ],
)
def test_a_number_gets_one_a_minute_five_an_hour_and_ten_a_day(sent: list[datetime], wait: int | None):
    if wait is None:
        check_quota(sent, quotas=NUMBER_QUOTAS, now=NOON)
        return
    with pytest.raises(TooManyCodes) as caught:
        check_quota(sent, quotas=NUMBER_QUOTAS, now=NOON)
    assert caught.value.retry_after == wait


@pytest.mark.parametrize(
    ("code", "good"),
    [
        (SentCode(expires_at=NOON + timedelta(seconds=1), used=False, wrong_tries=4), True),
        (SentCode(expires_at=NOON, used=False, wrong_tries=0), False),
        (SentCode(expires_at=NOON + timedelta(minutes=5), used=True, wrong_tries=0), False),
        (SentCode(expires_at=NOON + timedelta(minutes=5), used=False, wrong_tries=5), False),
    ],
)
def test_a_code_is_good_for_five_minutes_once_and_for_five_guesses(code: SentCode, good: bool):
    assert is_usable(code, now=NOON) is good
