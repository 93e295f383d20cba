"""Who somebody is: by password, or by a code sent to their phone."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from chassis.db import aside, table_of
from chassis.errors import Forbidden, Unauthenticated
from sqlalchemy.orm import Session, joinedload

from identity.actions.fingerprints import fingerprint
from identity.actions.hashing import Hashing
from identity.actions.register_learner import learner_with
from identity.actions.sms_codes import take_code
from identity.actions.wrong_tries import Keys, check_not_locked, count_wrong_try, forgive
from identity.models import Account
from identity.rules.lockout import Subject
from identity.rules.names import read_as_typed
from identity.rules.roles import LEARNER

# Built once: a whole class signs in at once.
_accounts = table_of(Account)
# A number is its owner's; while nobody has proven to hold it, it is that of the account which claimed it first.
_HASH = (
    sa.select(_accounts.c.id, _accounts.c.password_hash)
    .where(sa.or_(_accounts.c.login == sa.bindparam("name"), _accounts.c.mobile == sa.bindparam("name")))
    .order_by(_accounts.c.mobile_verified_at.is_(None), _accounts.c.created_at, _accounts.c.id)
    .limit(1)
)
_ACCOUNT = (
    sa.select(Account).options(joinedload(Account.grants)).where(Account.id == sa.bindparam("account_id"))
)


class WrongCredentials(Unauthenticated):
    """No such account, or the wrong password or code: never said which."""

    code = "identity.sign_in.wrong"
    title = "账号、密码或验证码不正确"
    next_step = "请核对后重新输入；多次错误后需要等待一段时间。"


class AccountDisabled(Forbidden):
    """Proven to be theirs, but switched off."""

    code = "identity.account.disabled"
    title = "账号已停用"
    next_step = "请联系本单位管理员或平台管理员。"


class PasswordNeeded(Forbidden):
    """Staff sign in by password: a mistyped number on their account must not open it to whoever owns that phone."""

    code = "identity.sign_in.password_needed"
    title = "该账号需要使用密码登录"
    next_step = "请使用登录名或手机号码与密码登录；忘记密码请联系管理员。"


def sign_in_by_password(
    session: Session, *, typed: str, password: str, address: str, hashing: Hashing, key: bytes, now: datetime
) -> Account | None:
    """The account with this login name or mobile number and password; None when they do not fit.

    A wrong try is counted in the caller's transaction, so None must be answered, not raised. That transaction begins
    after the password was hashed: hashing takes long, and others want to write meanwhile.
    Raises SignInLocked or AccountDisabled.
    """
    name = read_as_typed(typed)
    # By what was typed and not by whose it is: a lock on a login name must not tell which number belongs to it.
    keys = tries_of(key, name, address)
    with aside(session) as before:
        found = before.execute(_HASH, {"name": name}).one_or_none()
        check_not_locked(before, keys, now=now)
    right = hashing.matches(found.password_hash if found else None, password)
    if found is None or not right:
        count_wrong_try(session, keys, now=now)
        return None
    if check_not_locked(session, keys, now=now):
        forgive(session, keys)
    read_again = session.scalars(
        _ACCOUNT, {"account_id": found.id}, execution_options={"populate_existing": True}
    )
    account = read_again.unique().one()
    # A password that was replaced meanwhile lets nobody in any more.
    return _let_in(account) if account.password_hash == found.password_hash else None


def sign_in_by_code(
    session: Session, *, mobile: str, code: str, address: str, key: bytes, now: datetime
) -> Account | None:
    """The learner with this mobile number, made now if it is their first time; None when the code is wrong.

    As above, None must be answered and not raised. Raises SignInLocked, AccountDisabled or PasswordNeeded.
    """
    keys = tries_of(key, f"code/{mobile}", address)
    check_not_locked(session, keys, now=now)
    if not take_code(session, mobile=mobile, code=code, key=key, now=now):
        count_wrong_try(session, keys, now=now)
        return None
    forgive(session, keys)
    account = learner_with(session, mobile=mobile, now=now)
    if LEARNER not in account.roles:
        raise PasswordNeeded
    return _let_in(account)


def tries_of(key: bytes, who: str, address: str) -> Keys:
    """Under which keys wrong tries are counted; hashed, since a typed name may be anything, even a password."""
    return {
        Subject.PAIR: fingerprint(key, "tries", who, address),
        Subject.ACCOUNT: fingerprint(key, "tries", who),
        Subject.ADDRESS: fingerprint(key, "address", address),
    }


def _let_in(account: Account) -> Account:
    if not account.active:
        raise AccountDisabled
    return account
