"""Codes by SMS: six digits, for five minutes, once; and how often a number or an address may ask."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.errors import TooMany

DIGITS = 6
LIFETIME = timedelta(minutes=5)
WRONG_TRIES = 5
PAUSE = timedelta(seconds=60)
AHEAD = timedelta(seconds=60)
"""So much the clocks of two machines may differ. A code from further ahead was sent while a clock was wrong: it is
neither the newest nor counted, or its number could not sign in until then."""


class TooManyCodes(TooMany):
    """This number or address has asked too often."""

    code = "identity.sms.too_many_codes"
    title = "验证码发送过于频繁"
    next_step = "请在提示的时间之后再获取验证码。"


@dataclass(frozen=True, kw_only=True)
class Quota:
    """At most `most` codes within `within`."""

    most: int
    within: timedelta


NUMBER_QUOTAS = (
    Quota(most=1, within=PAUSE),
    Quota(most=5, within=timedelta(hours=1)),
    Quota(most=10, within=timedelta(days=1)),
)
# A class of 500 that signs in for the first time from one building must get its codes within the hour.
ADDRESS_QUOTAS = (Quota(most=600, within=timedelta(hours=1)), Quota(most=1500, within=timedelta(days=1)))
LONGEST_WITHIN = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class SentCode:
    """What is known of a code that was sent."""

    expires_at: datetime
    used: bool
    wrong_tries: int


def fresh_code() -> str:
    """Six digits that nobody can foresee."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def check_quota(sent: Sequence[datetime], *, quotas: Sequence[Quota], now: datetime) -> None:
    """Raises TooManyCodes with the seconds until the next code may be asked for. `sent` in any order."""
    waits = [_wait(sent, quota, now) for quota in quotas]
    longest = max(waits, default=timedelta())
    if longest > timedelta():
        raise TooManyCodes(retry_after=int(-(-longest // timedelta(seconds=1))))


def is_usable(code: SentCode, *, now: datetime) -> bool:
    """Sent less than five minutes ago, not used, and not guessed at five times."""
    return not code.used and code.wrong_tries < WRONG_TRIES and now < code.expires_at


def _wait(sent: Sequence[datetime], quota: Quota, now: datetime) -> timedelta:
    inside = sorted((moment for moment in sent if moment > now - quota.within), reverse=True)
    if len(inside) < quota.most:
        return timedelta()
    return inside[quota.most - 1] + quota.within - now
