"""What has served is not kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from chassis.testing.plugin import FrozenClock
from identity.actions.sign_in import tries_of
from identity.actions.wrong_tries import count_wrong_try
from identity.jobs.cleaning import forget_what_has_served
from identity.models import Account, DevelopmentMessage, RefreshToken, SignIn, SmsCode, WrongTries
from sqlalchemy.orm import Session

ALL = (SmsCode, DevelopmentMessage, WrongTries, SignIn, RefreshToken)


def left(session: Session) -> list[int]:
    return [session.scalar(sa.select(sa.func.count()).select_from(model)) or 0 for model in ALL]


def test_old_codes_tries_messages_and_sign_ins_are_forgotten_and_fresh_ones_kept(
    session: Session, clock: FrozenClock, account: Callable[..., Account]
):
    now = clock.now
    day = timedelta(days=1)
    person = account("learner")
    common = {"mobile": "13900000001", "sent_at": now}
    session.add(SmsCode(code_hash="x", address_key="y", expires_at=now, **common))
    session.add(DevelopmentMessage(text="x", code="1", **common))
    count_wrong_try(session, tries_of(b"k" * 32, "x", "y"), now=now)
    sign_in = SignIn(account_id=person.id, began_at=now, expires_at=now, device="")
    session.add(sign_in)
    session.flush()
    session.add(RefreshToken(sign_in_id=sign_in.id, token_hash="x", issued_at=now, expires_at=now))
    session.flush()
    forget_what_has_served(session, now + day)
    assert left(session) == [1, 1, 3, 1, 1]
    forget_what_has_served(session, now + 91 * day)
    assert left(session) == [0, 0, 0, 0, 0]


def test_used_and_ended_refresh_tokens_go_long_before_their_session(
    session: Session, clock: FrozenClock, account: Callable[..., Account]
):
    now, hour = clock.now, timedelta(hours=1)
    lasting = SignIn(
        account_id=account("learner").id, began_at=now, expires_at=now + timedelta(days=60), device=""
    )
    session.add(lasting)
    session.flush()
    common = {"sign_in_id": lasting.id, "issued_at": now}
    later = now + timedelta(days=14)
    session.add_all(
        [
            RefreshToken(token_hash="used", used_at=now, expires_at=later, **common),
            RefreshToken(token_hash="good", used_at=None, expires_at=later, **common),
            RefreshToken(token_hash="just used", used_at=now + 2 * hour, expires_at=later, **common),
            RefreshToken(token_hash="ended", used_at=None, expires_at=now, **common),
        ]
    )
    session.flush()
    forget_what_has_served(session, now + timedelta(days=2) + hour)
    assert set(session.scalars(sa.select(RefreshToken.token_hash))) == {"good", "just used"}
