"""So many wrong tries, then a wait; what no longer counts is forgotten (K15)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from chassis.ids import new_id
from classroom.joining.actions.tries import (
    JoinTooOften,
    count_wrong_try,
    forget_tries,
    hold_tries,
    limits_of,
)
from classroom.joining.models import JoinTries
from classroom.joining.rules.tries import MOST_WRONG, Subject, begins_anew, seconds_to_wait

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrong", "most", "minutes_ago", "seconds"),
    [
        (0, 5, 0, 0),
        (4, 5, 0, 0),
        (5, 5, 0, 900),
        (5, 5, 14, 60),
        (5, 5, 15, 0),
        (5, 5, -1, 960),
        (5, 5, -400 * 1440, 0),
        (9, 5, 1, 840),
        (9, 10, 0, 0),
        (99, 100, 0, 0),
        (100, 100, 0, 900),
    ],
)
def test_at_the_limit_nothing_is_tried_for_fifteen_minutes(wrong, most, minutes_ago, seconds):
    last_at = NOW - timedelta(minutes=minutes_ago)
    assert seconds_to_wait(wrong=wrong, most=most, last_at=last_at, now=NOW) == seconds


@pytest.mark.parametrize(
    ("minutes_ago", "anew"),
    [(0, False), (14, False), (15, True), (None, True), (-1, False), (-400 * 1440, True)],
)
def test_wrong_tries_are_counted_within_fifteen_minutes(minutes_ago, anew):
    began_at = None if minutes_ago is None else NOW - timedelta(minutes=minutes_ago)
    assert begins_anew(began_at=began_at, now=NOW) is anew


def test_limits_per_subject_are_those_of_the_rule():
    assert MOST_WRONG == {Subject.ACCOUNT: 5, Subject.ENROLMENT: 10, Subject.ADDRESS: 100}


def test_each_counter_runs_out_at_its_own_limit(session):
    for number in range(5):
        held = hold_tries(session, limits={"a": 5, f"b{number}": 5, "school": 100}, now=NOW)
        count_wrong_try(session, tries=held, now=NOW)
    with pytest.raises(JoinTooOften) as refused:
        hold_tries(session, limits={"a": 5, "other": 5}, now=NOW)
    assert refused.value.retry_after == 900
    assert len(hold_tries(session, limits={"b0": 5, "school": 100}, now=NOW)) == 2


def test_an_address_where_somebody_errs_every_minute_is_never_locked(session):
    for minute in range(200):
        now = NOW + timedelta(minutes=minute)
        count_wrong_try(session, tries=hold_tries(session, limits={"carrier": 100}, now=now), now=now)


@pytest.mark.parametrize(
    ("changed", "shared"),
    [
        ({"account_id": new_id()}, 4),
        ({"address": "203.0.113.8"}, 4),
        ({"document_number": "E9"}, 3),
        ({"name": "买买提艾力", "document_number": " ｅ12345678 "}, 5),
        ({"account_id": new_id(), "address": "203.0.113.8", "document_number": "E9"}, 1),
    ],
)
def test_a_try_is_counted_per_account_per_address_and_per_two_of_the_three(changed, shared):
    tried = {
        "secret": b"s",
        "account_id": new_id(),
        "address": "203.0.113.7",
        "name": "买买提·艾力",
        "document_number": "E12345678",
        "class_password": "438611",
    }
    first, second = limits_of(**tried), limits_of(**{**tried, **changed})
    assert sorted(first.values()) == [5, 10, 10, 10, 100]
    assert len(first.keys() & second.keys()) == shared


def test_counters_are_taken_in_one_statement_so_that_none_is_forgotten_in_between(session, counted):
    count_wrong_try(session, tries=hold_tries(session, limits={"b": 5, "a": 5}, now=NOW), now=NOW)
    with counted() as seen:
        held = hold_tries(session, limits={"c": 5, "b": 5, "a": 5}, now=NOW + timedelta(hours=1))
    assert len(seen) == 1
    assert {row.key: (row.wrong, row.last_at) for row in held} == {
        "a": (1, NOW),
        "b": (1, NOW),
        "c": (0, NOW + timedelta(hours=1)),
    }


def test_counters_are_deleted_after_a_day(session):
    count_wrong_try(session, tries=hold_tries(session, limits={"a": 5}, now=NOW), now=NOW)
    forget_tries(session, NOW + timedelta(hours=23))
    assert session.scalar(sa.select(sa.func.count()).select_from(JoinTries)) == 1
    forget_tries(session, NOW + timedelta(hours=25))
    assert session.scalar(sa.select(sa.func.count()).select_from(JoinTries)) == 0
