"""How long a sign-in lives, and what becomes of it when a refresh token is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ACCESS_SECONDS = 300
REFRESH_LIFETIME = timedelta(days=14)
SESSION_LIFETIME = timedelta(days=60)
GRACE = timedelta(minutes=2)
"""So long a used token may be asked for again: two tabs refresh in the same moment, and an answer gets lost on a line
that is dead for a minute. It is answered with the same successor, so that a session never has two chains of tokens."""


class EndReason(StrEnum):
    """Why a session is over; kept with it."""

    SIGNED_OUT = "signed_out"
    TOKEN_REUSED = "token_reused"
    PASSWORD_CHANGED = "password_changed"
    ACCOUNT_DISABLED = "account_disabled"


class Verdict(StrEnum):
    """What a shown refresh token is good for."""

    ROTATE = "rotate"
    """A successor is made for it."""
    REPEAT = "repeat"
    """Its successor is told once more: the first answer was lost, or two tabs have asked at once."""
    REFUSE = "refuse"
    END_SESSION = "end_session"


@dataclass(frozen=True, kw_only=True)
class ShownToken:
    """The facts about a refresh token and its session."""

    used_at: datetime | None
    successor_used: bool
    """Whether the token that it was exchanged for was exchanged itself: then somebody holds a newer one."""
    expires_at: datetime
    session_ended: bool
    session_expires_at: datetime
    own_device: bool
    """Whether it came with what the session's browser was given when it signed in (programs are given nothing)."""


def judge_refresh(token: ShownToken, *, now: datetime) -> Verdict:
    """A token is good once. Within `GRACE` it may be asked for again, as long as its successor was not used.

    One that comes from another device, after its successor was used, or later than that was copied: whoever holds the
    newest may be the thief, so the whole session ends. One that is merely too old is refused.
    """
    if token.session_ended:
        return Verdict.REFUSE
    if not token.own_device:
        return Verdict.END_SESSION
    if token.used_at is not None and (token.successor_used or now > token.used_at + GRACE):
        return Verdict.END_SESSION
    if now >= min(token.expires_at, token.session_expires_at):
        return Verdict.REFUSE
    return Verdict.ROTATE if token.used_at is None else Verdict.REPEAT
