"""The memory of wrong tries: per account and address together, per account, per address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from chassis.db import insert, locked, table_of
from chassis.errors import TooMany
from sqlalchemy.orm import Session

from identity.models import WrongTries
from identity.rules.lockout import LIMITS, Subject, Tries, after_wrong_try, seconds_locked

Keys = Mapping[Subject, str]

_tries = table_of(WrongTries)
# Built once, and plain rows: this is asked twice at every sign-in, when a whole class may come at once.
_KNOWN = sa.select(_tries.c.count, _tries.c.window_began, _tries.c.locked_until).where(
    _tries.c.key.in_(sa.bindparam("keys", expanding=True))
)


class SignInLocked(TooMany):
    """Too many wrong tries on this account or from this address."""

    code = "identity.sign_in.locked"
    title = "尝试次数过多，暂时不能登录"
    next_step = "请在提示的时间之后再试；忘记密码时，学员可使用短信验证码，其他人员请联系本单位管理员重置。"


def check_not_locked(session: Session, keys: Keys, *, now: datetime) -> bool:
    """Whether any wrong try of these is remembered. Raises SignInLocked with the seconds to wait: a right password
    does not help while it lasts."""
    found = session.execute(_KNOWN, {"keys": list(keys.values())}).all()
    wait = max((seconds_locked(_facts(row), now=now) for row in found), default=0)
    if wait:
        raise SignInLocked(retry_after=wait)
    return bool(found)


def count_wrong_try(session: Session, keys: Keys, *, now: datetime) -> None:
    """One more wrong try of each subject, counted under its row lock so that none gets lost.

    Raises SignInLocked when others at the same moment have used up the free tries: who guesses in parallel must not
    learn from more of them.
    """
    for subject, key in keys.items():
        fresh = {"subject": str(subject), "key": key, "count": 0, "window_began": now}
        session.execute(insert(session, WrongTries).values(fresh).on_conflict_do_nothing())
        row = locked(session, WrongTries, (str(subject), key))
        assert row is not None
        wait = seconds_locked(_facts(row), now=now)
        if wait:
            raise SignInLocked(retry_after=wait)
        after = after_wrong_try(_facts(row), limit=LIMITS[subject], now=now)
        row.count, row.window_began, row.locked_until = after.count, after.window_began, after.locked_until
    session.flush()


def forgive(session: Session, keys: Keys) -> None:
    """A right password clears the account's counts; the address's stays, or one own account would clear it."""
    own = [key for subject, key in keys.items() if subject is not Subject.ADDRESS]
    session.execute(sa.delete(WrongTries).where(WrongTries.key.in_(own)))


def _facts(row: Any) -> Tries:
    return Tries(count=row.count, window_began=row.window_began, locked_until=row.locked_until)
