"""Whose a mobile number is: of the account that has answered a code sent to it."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from chassis.errors import Conflict
from sqlalchemy.orm import Session

from identity.models import Account


class MobileTaken(Conflict):
    """The number is another account's, or this provider or dealer has given it to another account already."""

    code = "identity.mobile.taken"
    title = "手机号码已被使用"
    next_step = "请换一个号码；若此人已有学员账号，请联系平台管理员为该账号增加角色。"


def one_at_a_time(session: Session, mobile: str) -> None:
    """Until the commit nobody else proves or claims this number, or has a code sent to it."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"mobile/{mobile}"))))


def owner_of(session: Session, mobile: str) -> Account | None:
    """The account that has proven to hold the number."""
    proven = sa.select(Account).where(Account.mobile == mobile, Account.mobile_verified_at.is_not(None))
    return session.scalars(proven).one_or_none()


def check_free(session: Session, mobile: str, *, but: uuid.UUID | None = None) -> None:
    """Raises MobileTaken when the number is proven to be that of another account than `but`."""
    one_at_a_time(session, mobile)
    owner = owner_of(session, mobile)
    if owner is not None and owner.id != but:
        raise MobileTaken
