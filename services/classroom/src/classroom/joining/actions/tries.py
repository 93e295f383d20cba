"""The lock-out table of joining: counted under a row lock, so that many tries at once are still five (K15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from chassis.db import insert
from chassis.errors import TooMany
from sqlalchemy.orm import Session

from classroom.joining.models import JoinTries
from classroom.joining.rules.tries import seconds_to_wait, wrong_after

KEPT = timedelta(days=1)


class JoinTooOften(TooMany):
    """Five wrong tries of the account or from the address; `retry_after` says when again."""

    code = "classroom.joining.too_many_tries"
    title = "信息有误次数过多，暂时不能加入班级"
    next_step = "请先向班主任核对姓名、证件号码和班级密码。"


def hold_tries(session: Session, *, keys: Iterable[str], now: datetime) -> list[JoinTries]:
    """Takes the counters for this transaction alone; raises JoinTooOften when one of them has run out."""
    wanted = sorted(set(keys))
    made = insert(session, JoinTries).values([{"key": key, "wrong": 0, "last_at": now} for key in wanted])
    # One statement that writes each row: what is only read could be forgotten (see below) before it is locked.
    taken = made.on_conflict_do_update(index_elements=["key"], set_={"key": made.excluded.key})
    found = sa.select(JoinTries).from_statement(taken.returning(*JoinTries.__table__.columns))
    rows = session.scalars(found, execution_options={"populate_existing": True}).all()
    wait = max(seconds_to_wait(wrong=row.wrong, last_at=row.last_at, now=now) for row in rows)
    if wait:
        raise JoinTooOften(f"请在 {-(-wait // 60)} 分钟后再试。", retry_after=wait)
    return list(rows)


def count_wrong_try(session: Session, *, tries: Iterable[JoinTries], now: datetime) -> None:
    """One more wrong try for each of the held counters."""
    for row in tries:
        row.wrong = wrong_after(wrong=row.wrong, last_at=row.last_at, now=now)
        row.last_at = now
    session.flush()


def forget_tries(session: Session, now: datetime) -> None:
    """Deletes counters that no longer count for anything."""
    session.execute(sa.delete(JoinTries).where(JoinTries.last_at < now - KEPT))
