"""What has served is not kept: codes, tokens, wrong tries, messages of development."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from chassis.jobs import Periodic
from sqlalchemy.orm import Session

from identity.models import DevelopmentMessage, SignIn, SmsCode, WrongTries

CODES_KEPT = timedelta(days=2)  # longer than the longest quota looks back
SIGN_INS_KEPT = timedelta(days=90)
TRIES_KEPT = timedelta(days=1)


def forget_what_has_served(session: Session, now: datetime) -> None:
    """Delete old codes, wrong tries, messages, and sign-ins (with their tokens) long after their end."""
    session.execute(sa.delete(SmsCode).where(SmsCode.sent_at < now - CODES_KEPT))
    session.execute(sa.delete(DevelopmentMessage).where(DevelopmentMessage.sent_at < now - CODES_KEPT))
    session.execute(sa.delete(WrongTries).where(WrongTries.window_began < now - TRIES_KEPT))
    session.execute(sa.delete(SignIn).where(SignIn.expires_at < now - SIGN_INS_KEPT))


PERIODIC = (Periodic("identity.forget_what_has_served", 3600, forget_what_has_served),)
