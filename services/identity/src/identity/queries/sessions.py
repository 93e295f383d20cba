"""Whose session it is, if it still is one."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.models import Account, SignIn


def account_of_session(
    session: Session, *, account_id: uuid.UUID, sign_in_id: uuid.UUID | None
) -> tuple[Account, bool] | None:
    """The account behind an open session and whether a code opened it; None when it has ended or the account is
    disabled."""
    alive = sa.select(Account, SignIn.by_code).join(SignIn, SignIn.account_id == Account.id)
    alive = alive.where(SignIn.id == sign_in_id, Account.id == account_id, SignIn.ended_at.is_(None))
    found = session.execute(alive.where(Account.active)).one_or_none()
    return None if found is None else (found[0], found[1])


def is_open(session: Session, *, account_id: uuid.UUID, sign_in_id: uuid.UUID) -> bool:
    """Whether this session of the account is open, and the account switched on."""
    alive = sa.select(SignIn.id).join(Account, Account.id == SignIn.account_id)
    alive = alive.where(SignIn.id == sign_in_id, Account.id == account_id)
    return session.scalar(alive.where(SignIn.ended_at.is_(None), Account.active)) is not None
