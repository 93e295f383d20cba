"""Who has answered a code: a learner's account comes into being with the first sign-in by SMS code."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from chassis.ids import new_id
from sqlalchemy.orm import Session

from identity.actions.mobiles import one_at_a_time, owner_of
from identity.models import Account, Grant
from identity.rules.names import masked_mobile
from identity.rules.roles import LEARNER


def learner_with(session: Session, *, mobile: str, now: datetime) -> Account:
    """The account of whoever has just answered a code at this number; a learner's account is made when there is none.

    Until its owner gives it a name it is called by its masked number: a made-up name would look like somebody else's.

    A learner's account that only claimed the number becomes its owner. What mere staff accounts claim stays a claim:
    somebody else typed it, and the one who holds the phone must not be shut out by it.
    """
    one_at_a_time(session, mobile)
    account = owner_of(session, mobile) or _learner_who_claims(session, mobile)
    if account is not None:
        if account.mobile_verified_at is None:
            account.mobile_verified_at = now
            session.flush()
        return account
    fresh = {
        "id": new_id(),
        "mobile": mobile,
        "mobile_verified_at": now,
        "name": masked_mobile(mobile),
        "active": True,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }
    session.execute(sa.insert(Account).values(fresh))
    session.execute(sa.insert(Grant).values(account_id=fresh["id"], role=LEARNER))
    return session.get_one(Account, fresh["id"])


def _learner_who_claims(session: Session, mobile: str) -> Account | None:
    learners = sa.select(Grant.account_id).where(Grant.role == LEARNER)
    claims = sa.select(Account).where(Account.mobile == mobile, Account.id.in_(learners))
    return session.scalars(claims.order_by(Account.created_at, Account.id).limit(1)).one_or_none()
