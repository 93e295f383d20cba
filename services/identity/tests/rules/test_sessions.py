"""What a shown refresh token is good for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from identity.rules.sessions import GRACE, ShownToken, Verdict, judge_refresh

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LATER, EARLIER = NOON + timedelta(days=1), NOON - timedelta(days=1)
JUST_NOW, A_WHILE_AGO = NOON - GRACE, NOON - GRACE - timedelta(milliseconds=1)


FRESH = ShownToken(
    used_at=None,
    successor_used=False,
    expires_at=LATER,
    session_ended=False,
    session_expires_at=LATER,
    own_device=True,
)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, Verdict.ROTATE),
        ({"expires_at": NOON}, Verdict.REFUSE),
        ({"session_expires_at": EARLIER}, Verdict.REFUSE),
        ({"session_ended": True}, Verdict.REFUSE),
        ({"used_at": JUST_NOW}, Verdict.REPEAT),
        ({"used_at": JUST_NOW, "session_ended": True}, Verdict.REFUSE),
        ({"used_at": JUST_NOW, "expires_at": NOON}, Verdict.REFUSE),
        ({"used_at": JUST_NOW, "successor_used": True}, Verdict.END_SESSION),
        ({"used_at": A_WHILE_AGO}, Verdict.END_SESSION),
        ({"used_at": A_WHILE_AGO, "expires_at": EARLIER}, Verdict.END_SESSION),
        ({"used_at": A_WHILE_AGO, "session_ended": True}, Verdict.REFUSE),
        ({"own_device": False}, Verdict.END_SESSION),
        ({"own_device": False, "used_at": JUST_NOW}, Verdict.END_SESSION),
        ({"own_device": False, "session_ended": True}, Verdict.REFUSE),
    ],
)
def test_a_token_is_good_once_may_be_asked_for_again_for_a_while_and_ends_the_session_as_a_copy(
    facts, verdict
):
    assert judge_refresh(replace(FRESH, **facts), now=NOON) is verdict


def test_the_grace_survives_a_minute_of_a_dead_line():
    assert timedelta(minutes=1) < GRACE <= timedelta(minutes=5)
