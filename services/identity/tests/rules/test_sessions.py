"""What a shown refresh token is good for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from identity.rules.sessions import GRACE, ShownToken, Verdict, judge_refresh

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LATER, EARLIER = NOON + timedelta(days=1), NOON - timedelta(days=1)
JUST_NOW, A_WHILE_AGO = NOON - GRACE, NOON - GRACE - timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("used_at", "expires", "ended", "session_expires", "verdict"),
    [
        (None, LATER, False, LATER, Verdict.ROTATE),
        (None, NOON, False, LATER, Verdict.REFUSE),
        (None, LATER, False, EARLIER, Verdict.REFUSE),
        (None, LATER, True, LATER, Verdict.REFUSE),
        (JUST_NOW, LATER, False, LATER, Verdict.ROTATE),
        (JUST_NOW, LATER, True, LATER, Verdict.REFUSE),
        (JUST_NOW, NOON, False, LATER, Verdict.REFUSE),
        (A_WHILE_AGO, LATER, False, LATER, Verdict.END_SESSION),
        (A_WHILE_AGO, EARLIER, False, LATER, Verdict.END_SESSION),
        (A_WHILE_AGO, LATER, True, LATER, Verdict.REFUSE),
    ],
)
def test_a_token_is_good_once_and_its_late_return_ends_the_session(
    used_at, expires, ended, session_expires, verdict
):
    token = ShownToken(
        used_at=used_at, expires_at=expires, session_ended=ended, session_expires_at=session_expires
    )
    assert judge_refresh(token, now=NOON) is verdict
