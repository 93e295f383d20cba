"""Whose session it is, if it still is one."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.models import Account, SignIn


def account_of_session(
    session: Session, *, account_id: uuid.UUID, sign_in_id: uuid.UUID | None
) -> Account | None:
    """The account behind an open session; None when the session has ended or the account is disabled."""
    alive = sa.select(SignIn.id).where(
        SignIn.id == sign_in_id, SignIn.account_id == account_id, SignIn.ended_at.is_(None)
    )
    if session.scalar(alive) is None:
        return None
    return session.scalar(sa.select(Account).where(Account.id == account_id, Account.active))
