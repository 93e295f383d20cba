"""How long a sign-in lives, and what becomes of it when a refresh token is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ACCESS_SECONDS = 300
REFRESH_LIFETIME = timedelta(days=14)
SESSION_LIFETIME = timedelta(days=60)
GRACE = timedelta(seconds=20)
"""So long a used token is still good: two tabs refresh in the same moment, and an answer gets lost on a bad line."""


class EndReason(StrEnum):
    """Why a session is over; kept with it."""

    SIGNED_OUT = "signed_out"
    TOKEN_REUSED = "token_reused"
    PASSWORD_CHANGED = "password_changed"
    ACCOUNT_DISABLED = "account_disabled"


class Verdict(StrEnum):
    """What a shown refresh token is good for."""

    ROTATE = "rotate"
    REFUSE = "refuse"
    END_SESSION = "end_session"


@dataclass(frozen=True, kw_only=True)
class ShownToken:
    """The facts about a refresh token and its session."""

    used_at: datetime | None
    expires_at: datetime
    session_ended: bool
    session_expires_at: datetime


def judge_refresh(token: ShownToken, *, now: datetime) -> Verdict:
    """A token is good once, and for `GRACE` after that. One that comes back later was copied: whoever holds its
    successor may be the thief, so the whole session ends. One that is merely too old is refused."""
    if token.session_ended:
        return Verdict.REFUSE
    if token.used_at is not None and now > token.used_at + GRACE:
        return Verdict.END_SESSION
    if now >= min(token.expires_at, token.session_expires_at):
        return Verdict.REFUSE
    return Verdict.ROTATE
