"""What has served is not kept: codes, tokens, wrong tries, messages of development."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from chassis.jobs import Periodic
from sqlalchemy.orm import Session

from identity.models import DevelopmentMessage, RefreshToken, SignIn, SmsCode, WrongTries

CODES_KEPT = timedelta(days=2)  # longer than the longest quota looks back
SIGN_INS_KEPT = timedelta(days=90)
TRIES_KEPT = timedelta(days=1)
USED_TOKENS_KEPT = timedelta(days=2)
"""So long the return of a used token ends its session; after that it is unknown, and refused as such. A page in use
makes one every five minutes: kept for the session's 60 days they would be the largest table of all."""


def forget_what_has_served(session: Session, now: datetime) -> None:
    """Delete old codes, wrong tries, messages, and sign-ins (with their tokens) long after their end."""
    session.execute(sa.delete(SmsCode).where(SmsCode.sent_at < now - CODES_KEPT))
    session.execute(sa.delete(DevelopmentMessage).where(DevelopmentMessage.sent_at < now - CODES_KEPT))
    session.execute(sa.delete(WrongTries).where(WrongTries.window_began < now - TRIES_KEPT))
    served = sa.or_(
        RefreshToken.used_at < now - USED_TOKENS_KEPT, RefreshToken.expires_at < now - USED_TOKENS_KEPT
    )
    session.execute(sa.delete(RefreshToken).where(served))
    session.execute(sa.delete(SignIn).where(SignIn.expires_at < now - SIGN_INS_KEPT))


PERIODIC = (Periodic("identity.forget_what_has_served", 3600, forget_what_has_served, purges=True),)
