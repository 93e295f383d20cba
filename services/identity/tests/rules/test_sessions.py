"""What a shown refresh token is good for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from identity.rules.sessions import ShownToken, Verdict, judge_refresh

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LATER, EARLIER = NOON + timedelta(days=1), NOON - timedelta(days=1)


@pytest.mark.parametrize(
    ("used", "expires", "ended", "session_expires", "verdict"),
    [
        (False, LATER, False, LATER, Verdict.ROTATE),
        (False, NOON, False, LATER, Verdict.REFUSE),
        (False, LATER, False, EARLIER, Verdict.REFUSE),
        (False, LATER, True, LATER, Verdict.REFUSE),
        (True, LATER, False, LATER, Verdict.END_SESSION),
        (True, EARLIER, False, LATER, Verdict.END_SESSION),
        (True, LATER, True, LATER, Verdict.REFUSE),
    ],
)
def test_a_token_is_good_once_and_its_return_ends_the_session(used, expires, ended, session_expires, verdict):
    token = ShownToken(used=used, expires_at=expires, session_ended=ended, session_expires_at=session_expires)
    assert judge_refresh(token, now=NOON) is verdict
