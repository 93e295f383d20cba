"""Accounts of staff: made, changed, switched on and off."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from chassis.db import refusing
from chassis.errors import Conflict, FieldError, Invalid
from chassis.ids import new_id
from sqlalchemy.orm import Session

from identity import events
from identity.actions.hashing import Hashing
from identity.actions.mobiles import MobileTaken, check_free
from identity.actions.revoking import revoke_tokens
from identity.actions.sessions import end_sessions
from identity.models import Account, Dealer, Grant, Provider
from identity.rules.names import normal_login, normal_mobile
from identity.rules.passwords import check_password
from identity.rules.roles import (
    DEALER_ROLES,
    PROVIDER_ROLES,
    RolesDoNotFit,
    check_may_give,
    check_roles,
    is_staff,
)
from identity.rules.sessions import EndReason
from identity.rules.tenancy import check_may_manage_person, check_not_oneself


class LoginTaken(Conflict):
    """Another account has this login name."""

    code = "identity.login.taken"
    title = "登录名已被使用"
    next_step = "请换一个登录名。"


class NothingToSignInWith(Invalid):
    """Neither login name nor mobile number."""

    code = "identity.account.nothing_to_sign_in_with"
    title = "登录名与手机号码至少填写一项"
    next_step = "请填写登录名或手机号码。"


@dataclass(frozen=True, kw_only=True)
class Manager:
    """Who makes or changes an account."""

    account_id: uuid.UUID
    roles: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How an account should be."""

    name: str
    login: str | None
    mobile: str | None
    roles: frozenset[str]
    provider_id: uuid.UUID | None
    dealer_id: uuid.UUID | None


def create_account(
    session: Session, wanted: Wanted, *, password: str | None, by: Manager, hashing: Hashing, now: datetime
) -> Account:
    """A new account with its roles. Raises RolesDoNotFit, RoleNotYoursToGive, LoginTaken, MobileTaken and others."""
    login, mobile = _names(wanted)
    _check_places(session, wanted)
    check_may_give(giver=by.roles, before=(), after=wanted.roles)
    if mobile is not None:
        check_free(session, mobile)
    if password is not None:
        check_password(password, login=login, mobile=mobile)
    account = Account(
        id=new_id(),
        login=login,
        mobile=mobile,
        name=wanted.name,
        password_hash=hashing.hash(password) if password is not None else None,
        active=True,
        provider_id=wanted.provider_id,
        dealer_id=wanted.dealer_id,
        created_at=now,
        updated_at=now,
    )
    with refusing(session, _taken()):
        session.add(account)
    _grant(session, account, wanted.roles)
    events.account_changed(session, account, was_staff=False, now=now)
    return account


def change_account(
    session: Session, account: Account, wanted: Wanted, *, by: Manager, now: datetime
) -> Account:
    """Make the account, locked by the caller, as wanted. Raises as above, and AccountShared or NotOnYourself."""
    login, mobile = _names(wanted)
    _check_places(session, wanted)
    before = account.roles
    held = (set(before), account.provider_id, account.dealer_id)
    check_may_give(giver=by.roles, before=before, after=wanted.roles)
    check_not_oneself(manager_id=by.account_id, account_id=account.id, before=before, after=wanted.roles)
    if (wanted.name, login, mobile) != (account.name, account.login, account.mobile):
        check_may_manage_person(manager=by.roles, roles=before)
    if mobile is not None and mobile != account.mobile:
        check_free(session, mobile, but=account.id)
    verified_at = account.mobile_verified_at if mobile == account.mobile else None
    session.execute(sa.delete(Grant).where(Grant.account_id == account.id))
    with refusing(session, _taken()):
        account.name, account.login = wanted.name, login
        account.mobile, account.mobile_verified_at = mobile, verified_at
        account.provider_id, account.dealer_id = wanted.provider_id, wanted.dealer_id
        account.updated_at = now
    _grant(session, account, wanted.roles)
    if is_staff(before) and held != (set(wanted.roles), wanted.provider_id, wanted.dealer_id):
        revoke_tokens(session, account, now=now)
    events.account_changed(session, account, was_staff=is_staff(before), now=now)
    return account


def switch_account(
    session: Session, account: Account, *, active: bool, by: Manager, now: datetime
) -> Account:
    """Switch the account, locked by the caller, on or off; off ends its sessions.

    Raises AccountShared or NotOnYourself.
    """
    check_may_manage_person(manager=by.roles, roles=account.roles)
    if not active:
        check_not_oneself(manager_id=by.account_id, account_id=account.id, before=account.roles, after=())
        end_sessions(session, account.id, EndReason.ACCOUNT_DISABLED, but=None, now=now)
    if account.active != active:
        account.active, account.updated_at = active, now
        session.flush()
        if not active and is_staff(account.roles):
            revoke_tokens(session, account, now=now)
        events.account_changed(session, account, was_staff=False, now=now)
    return account


def _names(wanted: Wanted) -> tuple[str | None, str | None]:
    login = normal_login(wanted.login) if wanted.login else None
    mobile = normal_mobile(wanted.mobile) if wanted.mobile else None
    if login is None and mobile is None:
        said = [
            FieldError(field=f"/{name}", code="required", message="至少填写一项")
            for name in ("login", "mobile")
        ]
        raise NothingToSignInWith(fields=said)
    return login, mobile


def _check_places(session: Session, wanted: Wanted) -> None:
    """The roles fit their provider and dealer, and these exist."""
    check_roles(roles=wanted.roles, provider_id=wanted.provider_id, dealer_id=wanted.dealer_id)
    places: list[tuple[str, type[Provider] | type[Dealer], uuid.UUID | None]] = [
        ("/provider_id", Provider, wanted.provider_id),
        ("/dealer_id", Dealer, wanted.dealer_id),
    ]
    missing = [field for field, model, key in places if key is not None and session.get(model, key) is None]
    if missing:
        raise RolesDoNotFit(
            fields=[FieldError(field=f, code="unknown", message="所选单位不存在") for f in missing]
        )


def _taken() -> dict[str, Conflict]:
    claims = ("mobile", "mobile_provider", "mobile_dealer", "mobile_platform")
    return {"uq_accounts_login": LoginTaken(), **{f"uq_accounts_{claim}": MobileTaken() for claim in claims}}


def _grant(session: Session, account: Account, roles: Iterable[str]) -> None:
    """Give exactly these roles; each stands in the account's own provider or dealer."""
    for role in sorted(roles):
        provider_id = account.provider_id if role in PROVIDER_ROLES else None
        dealer_id = account.dealer_id if role in DEALER_ROLES else None
        session.add(Grant(account_id=account.id, role=role, provider_id=provider_id, dealer_id=dealer_id))
    session.flush()
    session.expire(account, ["grants"])
