"""Five wrong tries, then a wait; what no longer counts is forgotten (K15)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from classroom.joining.actions.tries import JoinTooOften, count_wrong_try, forget_tries, hold_tries
from classroom.joining.models import JoinTries
from classroom.joining.rules.tries import seconds_to_wait, wrong_after

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrong", "minutes_ago", "seconds"),
    [(0, 0, 0), (4, 0, 0), (5, 0, 900), (5, 14, 60), (5, 15, 0), (9, 1, 840)],
)
def test_after_five_wrong_tries_nothing_for_fifteen_minutes(wrong, minutes_ago, seconds):
    assert seconds_to_wait(wrong=wrong, last_at=NOW - timedelta(minutes=minutes_ago), now=NOW) == seconds


@pytest.mark.parametrize(("wrong", "minutes_ago", "after"), [(0, 0, 1), (4, 14, 5), (4, 15, 1), (5, 15, 1)])
def test_old_wrong_tries_are_forgotten(wrong, minutes_ago, after):
    assert wrong_after(wrong=wrong, last_at=NOW - timedelta(minutes=minutes_ago), now=NOW) == after


def test_the_counters_of_account_and_address_run_out_apart(session):
    for number in range(5):
        count_wrong_try(session, tries=hold_tries(session, keys=["a", f"b{number}"], now=NOW), now=NOW)
    with pytest.raises(JoinTooOften) as refused:
        hold_tries(session, keys=["a", "other"], now=NOW)
    assert refused.value.retry_after == 900
    assert len(hold_tries(session, keys=["b0", "other"], now=NOW)) == 2


def test_counters_are_taken_in_one_statement_so_that_none_is_forgotten_in_between(session, counted):
    count_wrong_try(session, tries=hold_tries(session, keys=["b", "a"], now=NOW), now=NOW)
    with counted() as seen:
        held = hold_tries(session, keys=["c", "b", "a"], now=NOW + timedelta(hours=1))
    assert len(seen) == 1
    assert {row.key: (row.wrong, row.last_at) for row in held} == {
        "a": (1, NOW),
        "b": (1, NOW),
        "c": (0, NOW + timedelta(hours=1)),
    }


def test_counters_are_deleted_after_a_day(session):
    count_wrong_try(session, tries=hold_tries(session, keys=["a"], now=NOW), now=NOW)
    forget_tries(session, NOW + timedelta(hours=23))
    assert session.scalar(sa.select(sa.func.count()).select_from(JoinTries)) == 1
    forget_tries(session, NOW + timedelta(hours=25))
    assert session.scalar(sa.select(sa.func.count()).select_from(JoinTries)) == 0
