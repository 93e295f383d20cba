"""Sending codes and taking them back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.testing.plugin import FrozenClock
from identity.actions.sms_codes import send_code, take_code
from identity.models import SmsCode
from identity.rules.sms_codes import ADDRESS_QUOTAS, TooManyCodes
from sqlalchemy.orm import Session

KEY = b"k" * 32
MOBILE = "13900000001"


class Phone:
    """A sender that remembers."""

    def __init__(self) -> None:
        self.codes: list[str] = []

    def send(self, session: Session, *, mobile: str, code: str, now: datetime) -> None:
        self.codes.append(code)


@pytest.fixture
def phone() -> Phone:
    return Phone()


def ask(session: Session, phone: Phone, clock: FrozenClock, **given: Any) -> str:
    said = {"mobile": MOBILE, "address": "198.51.100.7", **given}
    send_code(session, sender=phone, key=KEY, now=clock.now, **said)
    return phone.codes[-1]


def take(session: Session, clock: FrozenClock, code: str, mobile: str = MOBILE) -> bool:
    return take_code(session, mobile=mobile, code=code, key=KEY, now=clock.now)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_code_works_once(session: Session, phone: Phone, clock: FrozenClock):
    code = ask(session, phone, clock)
    assert take(session, clock, code)
    assert not take(session, clock, code)


def test_the_database_never_has_the_code_itself(session: Session, phone: Phone, clock: FrozenClock):
    code = ask(session, phone, clock)
    row = session.scalars(sa.select(SmsCode)).one()
    assert code not in (row.code_hash, row.address_key)
    assert len(row.code_hash) == 64


def test_a_code_ends_after_five_minutes(session: Session, phone: Phone, clock: FrozenClock):
    code = ask(session, phone, clock)
    clock.advance(minutes=5)
    assert not take(session, clock, code)


def test_a_code_is_good_for_its_own_number_only(session: Session, phone: Phone, clock: FrozenClock):
    code = ask(session, phone, clock)
    ask(session, phone, clock, mobile="13900000002")
    if phone.codes[-1] != code:
        assert not take(session, clock, code, mobile="13900000002")
    assert not take(session, clock, code, mobile="13900000003")


def test_a_newer_code_replaces_the_older(session: Session, phone: Phone, clock: FrozenClock):
    older = ask(session, phone, clock)
    clock.advance(seconds=61)
    newer = ask(session, phone, clock)
    if older != newer:
        assert not take(session, clock, older)
    assert take(session, clock, newer)


def test_five_guesses_spend_a_code(session: Session, phone: Phone, clock: FrozenClock):
    code = ask(session, phone, clock)
    for _ in range(5):
        assert not take(session, clock, wrong(code))
    assert not take(session, clock, code)


def test_a_number_waits_a_minute_for_the_next_code(session: Session, phone: Phone, clock: FrozenClock):
    ask(session, phone, clock)
    clock.advance(seconds=20)
    with pytest.raises(TooManyCodes) as caught:
        ask(session, phone, clock, address="203.0.113.1")
    assert caught.value.retry_after == 40
    assert len(phone.codes) == 1


def test_an_address_is_limited_over_all_numbers(session: Session, phone: Phone, clock: FrozenClock):
    ask(session, phone, clock, mobile="13800000000")
    first = session.scalars(sa.select(SmsCode)).one()
    alike = {"code_hash": "x", "address_key": first.address_key, "expires_at": first.expires_at}
    session.add_all(
        SmsCode(mobile=f"{13800000001 + number}", sent_at=first.sent_at, **alike)
        for number in range(ADDRESS_QUOTAS[0].most - 1)
    )
    session.flush()
    with pytest.raises(TooManyCodes):
        ask(session, phone, clock, mobile="13700000000")
    ask(session, phone, clock, mobile="13700000000", address="203.0.113.1")


def test_codes_sent_while_a_clock_was_far_ahead_keep_no_number_from_signing_in(
    session: Session, phone: Phone, clock: FrozenClock
):
    right = clock.now
    for _ in range(5):
        ask(session, phone, clock)
        clock.advance(days=400, minutes=2)
    clock.set(right + timedelta(minutes=2))
    code = ask(session, phone, clock)
    assert take(session, clock, code)
