"""Passwords: changed by their owner, or set anew by a manager."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from identity.actions.accounts import Manager
from identity.actions.hashing import Hashing
from identity.actions.revoking import revoke_tokens
from identity.actions.sessions import end_sessions
from identity.actions.sign_in import tries_of
from identity.actions.sms_codes import take_code
from identity.actions.wrong_tries import check_not_locked, count_wrong_try
from identity.models import Account
from identity.rules.passwords import check_password
from identity.rules.roles import is_staff
from identity.rules.sessions import EndReason
from identity.rules.tenancy import check_may_manage_person


def change_own_password(
    session: Session,
    account: Account,
    *,
    current: str | None,
    code: str | None,
    new: str,
    sign_in_id: uuid.UUID | None,
    address: str,
    hashing: Hashing,
    key: bytes,
    now: datetime,
) -> bool:
    """Whether the owner proved to be the owner; then the password is new and all other sessions have ended.

    Proof is the current password or, for mere learners, a fresh SMS code, by which a forgotten one is replaced: with
    a password set by code alone staff would be back at all their roles.
    False counts as a wrong try and must be answered, not raised. Raises PasswordTooWeak or SignInLocked.
    """
    check_password(new, login=account.login, mobile=account.mobile, field="/new_password")
    keys = tries_of(key, str(account.id), address)
    check_not_locked(session, keys, now=now)
    if code is not None and account.mobile is not None and not is_staff(account.roles):
        proven = take_code(session, mobile=account.mobile, code=code, key=key, now=now)
    else:
        proven = hashing.matches(account.password_hash, current or "")
    if not proven:
        count_wrong_try(session, keys, now=now)
        return False
    _set(session, account, new, hashing, now)
    end_sessions(session, account.id, EndReason.PASSWORD_CHANGED, but=sign_in_id, now=now)
    return True


def set_password(
    session: Session, account: Account, *, new: str, by: Manager, hashing: Hashing, now: datetime
) -> None:
    """A manager sets it: all sessions of the account end. Raises PasswordTooWeak or AccountShared."""
    check_may_manage_person(manager=by.roles, roles=account.roles)
    check_password(new, login=account.login, mobile=account.mobile)
    _set(session, account, new, hashing, now)
    end_sessions(session, account.id, EndReason.PASSWORD_CHANGED, but=None, now=now)


def _set(session: Session, account: Account, new: str, hashing: Hashing, now: datetime) -> None:
    account.password_hash = hashing.hash(new)
    account.updated_at = now
    session.flush()
    if is_staff(account.roles):
        revoke_tokens(session, account, now=now)
