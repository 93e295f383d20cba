"""Wrong tries and the wait after them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from identity.rules.lockout import LIMITS, Limit, Subject, Tries, after_wrong_try, seconds_locked

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PAIR = LIMITS[Subject.PAIR]


def wrong(times: int, *, every: timedelta = timedelta(seconds=1), limit: Limit = PAIR) -> Tries:
    tries = None
    for number in range(times):
        tries = after_wrong_try(tries, limit=limit, now=NOON + every * number)
    assert tries is not None
    return tries


def test_four_wrong_tries_are_free_and_the_fifth_starts_the_wait():
    assert seconds_locked(wrong(4), now=NOON) == 0
    assert seconds_locked(wrong(5), now=NOON + timedelta(seconds=4)) == 15 * 60


def test_the_wait_is_told_in_whole_seconds_and_ends():
    tries = wrong(5)
    assert tries.locked_until is not None
    assert seconds_locked(tries, now=tries.locked_until - timedelta(milliseconds=1)) == 1
    assert seconds_locked(tries, now=tries.locked_until) == 0


def test_tries_spread_over_more_than_the_window_never_lock():
    assert wrong(50, every=timedelta(minutes=4)).locked_until is None


def test_after_the_wait_the_count_begins_anew():
    locked = wrong(5)
    later = NOON + timedelta(minutes=16)
    assert after_wrong_try(locked, limit=PAIR, now=later) == Tries(count=1, window_began=later)


def test_an_address_is_allowed_more_since_a_school_shares_one():
    assert LIMITS[Subject.ADDRESS].tries >= 60 * PAIR.tries


def test_one_address_never_locks_an_account_for_the_others():
    assert LIMITS[Subject.ACCOUNT].tries >= 4 * PAIR.tries


def test_who_never_erred_never_waits():
    assert seconds_locked(None, now=NOON) == 0


@given(st.lists(st.integers(min_value=0, max_value=2000), min_size=1, max_size=60))
def test_within_any_fifteen_minutes_an_unlocked_account_has_fewer_than_ten_wrong_tries(gaps: list[int]):
    """Two windows meet at most, so a guesser gets fewer than twice the limit in any stretch of one window."""
    tries, now, free = None, NOON, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        if seconds_locked(tries, now=now):
            continue
        tries = after_wrong_try(tries, limit=PAIR, now=now)
        free.append(now)
    for moment in free:
        inside = [other for other in free if moment <= other < moment + PAIR.window]
        assert len(inside) < 2 * PAIR.tries


def test_a_lock_written_by_a_clock_that_was_far_ahead_keeps_nobody_out():
    wrong_clock = NOON + timedelta(days=400)
    tries = None
    for _ in range(PAIR.tries):
        tries = after_wrong_try(tries, limit=PAIR, now=wrong_clock)
    assert seconds_locked(tries, now=wrong_clock) == 15 * 60
    assert seconds_locked(tries, now=NOON) == 0
    assert after_wrong_try(tries, limit=PAIR, now=NOON) == Tries(count=1, window_began=NOON)


def test_a_second_between_two_machines_clocks_frees_nobody():
    assert seconds_locked(wrong(5), now=NOON - timedelta(seconds=1)) > 15 * 60
