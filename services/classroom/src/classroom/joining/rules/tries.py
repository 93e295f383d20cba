"""Wrong tries at joining, and the wait after them (K15)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

WINDOW = timedelta(minutes=15)
"""Wrong tries that came within it are counted together."""
WAIT = timedelta(minutes=15)
"""From the wrong try that reached the limit."""


class Subject(StrEnum):
    """Against whom a wrong try is counted."""

    ACCOUNT = "account"
    ADDRESS = "address"
    ENROLMENT = "enrolment"


MOST_WRONG = {Subject.ACCOUNT: 5, Subject.ENROLMENT: 10, Subject.ADDRESS: 100}
"""A school, or a carrier's whole network, shares one address: many people's typos are no attack. Who guesses at one
person from many accounts and addresses meets the enrolment's limit."""


def seconds_to_wait(*, wrong: int, most: int, last_at: datetime, now: datetime) -> int:
    """How long nothing is tried any more; 0 when another try is allowed.

    A try from far ahead was noted by a clock that was wrong, and keeps nobody waiting until then.
    """
    if wrong < most or last_at > now + WAIT:
        return 0
    left = last_at + WAIT - now
    return max(0, -(-left // timedelta(seconds=1)))


def begins_anew(*, began_at: datetime | None, now: datetime) -> bool:
    """Whether a wrong try now is the first of a new window. Not "since the last one": behind a large address somebody
    always errs, and the count would never end."""
    return began_at is None or not now - WINDOW < began_at <= now + WINDOW
