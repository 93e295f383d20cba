"""The memory of wrong tries."""

from __future__ import annotations

import pytest
from chassis.testing.plugin import FrozenClock
from identity.actions.sign_in import tries_of
from identity.actions.wrong_tries import SignInLocked, check_not_locked, count_wrong_try, forgive
from identity.rules.lockout import LIMITS, Subject
from sqlalchemy.orm import Session

KEY = b"k" * 32


def test_one_address_locks_an_account_for_itself_only(session: Session, clock: FrozenClock):
    for _ in range(5):
        count_wrong_try(session, tries_of(KEY, "registrar", "198.51.100.7"), now=clock.now)
    with pytest.raises(SignInLocked) as caught:
        check_not_locked(session, tries_of(KEY, "registrar", "198.51.100.7"), now=clock.now)
    assert caught.value.retry_after == 900
    check_not_locked(session, tries_of(KEY, "registrar", "203.0.113.1"), now=clock.now)
    check_not_locked(session, tries_of(KEY, "teacher", "198.51.100.7"), now=clock.now)


def test_who_guesses_on_although_locked_is_told_nothing_more(session: Session, clock: FrozenClock):
    keys = tries_of(KEY, "registrar", "198.51.100.7")
    for _ in range(5):
        count_wrong_try(session, keys, now=clock.now)
    with pytest.raises(SignInLocked):
        count_wrong_try(session, keys, now=clock.now)


def test_guesses_from_many_addresses_lock_the_account_everywhere(session: Session, clock: FrozenClock):
    for number in range(LIMITS[Subject.ACCOUNT].tries):
        count_wrong_try(session, tries_of(KEY, "registrar", f"198.51.100.{number}"), now=clock.now)
    with pytest.raises(SignInLocked) as caught:
        check_not_locked(session, tries_of(KEY, "registrar", "203.0.113.1"), now=clock.now)
    assert caught.value.retry_after == 900
    check_not_locked(session, tries_of(KEY, "teacher", "198.51.100.1"), now=clock.now)


def test_the_address_is_locked_for_every_account(session: Session, clock: FrozenClock):
    for number in range(LIMITS[Subject.ADDRESS].tries):
        count_wrong_try(session, tries_of(KEY, f"user{number}", "198.51.100.7"), now=clock.now)
    with pytest.raises(SignInLocked):
        check_not_locked(session, tries_of(KEY, "somebody", "198.51.100.7"), now=clock.now)
    check_not_locked(session, tries_of(KEY, "somebody", "203.0.113.1"), now=clock.now)


def test_forgiving_an_account_does_not_forgive_its_address(session: Session, clock: FrozenClock):
    keys = tries_of(KEY, "registrar", "198.51.100.7")
    for _ in range(LIMITS[Subject.ADDRESS].tries):
        count_wrong_try(session, keys, now=clock.now)
        forgive(session, keys)
    with pytest.raises(SignInLocked):
        check_not_locked(session, keys, now=clock.now)


def test_the_wait_ends(session: Session, clock: FrozenClock):
    keys = tries_of(KEY, "registrar", "198.51.100.7")
    for _ in range(5):
        count_wrong_try(session, keys, now=clock.now)
    clock.advance(minutes=15)
    check_not_locked(session, keys, now=clock.now)


def test_neither_names_nor_addresses_are_kept_in_clear():
    keys = tries_of(KEY, "registrar", "198.51.100.7")
    assert all(len(key) == 64 for key in keys.values())
    assert tries_of(b"x" * 32, "registrar", "198.51.100.7") != keys
