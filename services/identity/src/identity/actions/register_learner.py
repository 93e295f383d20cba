"""A learner's account comes into being with the first sign-in by SMS code."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from chassis.db import insert
from chassis.ids import new_id
from sqlalchemy.orm import Session

from identity.models import Account, Grant
from identity.rules.names import masked_mobile
from identity.rules.roles import LEARNER


def learner_with(session: Session, *, mobile: str, now: datetime) -> Account:
    """The account with this mobile number; a learner's account is made when there is none. Until its owner gives it a
    name it is called by its masked number: a made-up name would look like somebody else's.

    Two at once get the same one: `uq_accounts_mobile` decides, and the second reads what the first made.
    """
    fresh = {
        "id": new_id(),
        "mobile": mobile,
        "name": masked_mobile(mobile),
        "active": True,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }
    statement = insert(session, Account).values(fresh).on_conflict_do_nothing(index_elements=["mobile"])
    made = session.scalar(statement.returning(Account.id))
    if made is not None:
        session.execute(sa.insert(Grant).values(account_id=made, role=LEARNER))
    return session.scalars(sa.select(Account).where(Account.mobile == mobile)).one()
