"""Somebody changes their own display name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from identity import events
from identity.models import Account


def rename(session: Session, account: Account, *, name: str, now: datetime) -> Account:
    """Give the account, locked by the caller, another display name; of staff the others hear it."""
    account.name, account.updated_at = name, now
    session.flush()
    events.account_changed(session, account, was_staff=False, now=now)
    return account
