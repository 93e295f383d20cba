"""The lock-out table of joining: counted under a row lock, so that tries at once are no more than the limit (K15)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import combinations
from uuid import UUID

import sqlalchemy as sa
from chassis.db import insert
from chassis.errors import TooMany
from sqlalchemy.orm import Session

from classroom.joining.models import JoinTries
from classroom.joining.rules.tries import MOST_WRONG, Subject, begins_anew, seconds_to_wait
from classroom.roster.rules.document_numbers import tidy_number
from classroom.roster.rules.names import name_key

KEPT = timedelta(days=1)

Limits = Mapping[str, int]
"""Keys of the counters, and how many wrong tries each allows."""


class JoinTooOften(TooMany):
    """Too many wrong tries of the account, at the enrolment or from the address; `retry_after` says when again."""

    code = "classroom.joining.too_many_tries"
    title = "信息有误次数过多，暂时不能加入班级"
    next_step = "请先向班主任核对姓名、证件号码和班级密码。"


def limits_of(
    *,
    secret: bytes,
    account_id: UUID,
    address: str,
    name: str,
    document_number: str,
    class_password: str,
) -> dict[str, int]:
    """The counters of one try, by keyed hashes: no address and no number is kept.

    An enrolment is counted under each two of the three that name it, whether such an enrolment exists or not: who
    knows two and guesses the third meets one counter however many accounts they have, and being made to wait says
    nothing of which were right.
    """
    named = (
        f"name {name_key(name)}",
        f"document {tidy_number(document_number)}",
        f"class {tidy_number(class_password)}",
    )
    subjects = [
        (Subject.ACCOUNT, f"account {account_id}"),
        (Subject.ADDRESS, f"address {address}"),
        *((Subject.ENROLMENT, f"enrolment {first} {second}") for first, second in combinations(named, 2)),
    ]
    return {
        hmac.new(secret, text.encode(), hashlib.sha256).hexdigest(): MOST_WRONG[subject]
        for subject, text in subjects
    }


def hold_tries(session: Session, *, limits: Limits, now: datetime) -> list[JoinTries]:
    """Takes the counters for this transaction alone; raises JoinTooOften when one of them has run out."""
    fresh = [{"key": key, "wrong": 0, "began_at": now, "last_at": now} for key in sorted(limits)]
    made = insert(session, JoinTries).values(fresh)
    # One statement that writes each row: what is only read could be forgotten (see below) before it is locked.
    taken = made.on_conflict_do_update(index_elements=["key"], set_={"key": made.excluded.key})
    found = sa.select(JoinTries).from_statement(taken.returning(*JoinTries.__table__.columns))
    rows = session.scalars(found, execution_options={"populate_existing": True}).all()
    wait = max(
        seconds_to_wait(wrong=row.wrong, most=limits[row.key], last_at=row.last_at, now=now) for row in rows
    )
    if wait:
        raise JoinTooOften(f"请在 {-(-wait // 60)} 分钟后再试。", retry_after=wait)
    return list(rows)


def count_wrong_try(session: Session, *, tries: Iterable[JoinTries], now: datetime) -> None:
    """One more wrong try for each of the held counters."""
    for row in tries:
        if begins_anew(began_at=row.began_at, now=now):
            row.wrong, row.began_at = 0, now
        row.wrong += 1
        row.last_at = now
    session.flush()


def forget_tries(session: Session, now: datetime) -> None:
    """Deletes counters that no longer count for anything."""
    session.execute(sa.delete(JoinTries).where(JoinTries.last_at < now - KEPT))
