"""Ending access tokens before their time: staff's, dealers' programs', never learners'."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from chassis.db import table_of
from chassis.revocations import revoke
from sqlalchemy.orm import Session

from identity import events
from identity.models import Account, DealerClient

_accounts, _clients = table_of(Account), table_of(DealerClient)


def revoke_tokens(session: Session, account: Account, *, now: datetime) -> None:
    """All access tokens that the account has end within seconds, in every service; refreshing gives new ones."""
    _revoke(session, _accounts, _accounts.c.id == account.id, now)
    session.expire(account, ["access_epoch"])


def revoke_tokens_of_staff(session: Session, place: sa.ColumnElement[bool], *, now: datetime) -> None:
    """Those of every account in this `place`: `Account.provider_id == …` or `Account.dealer_id == …`."""
    _revoke(session, _accounts, place, now)


def revoke_tokens_of_programs(session: Session, programs: sa.ColumnElement[bool], *, now: datetime) -> None:
    """Those of dealers' programs."""
    _revoke(session, _clients, programs, now)


def _revoke(session: Session, table: sa.Table, which: sa.ColumnElement[bool], now: datetime) -> None:
    # Past the mapper: it is no edit of the account, whose version stays.
    raised = sa.update(table).where(which).values(access_epoch=table.c.access_epoch + 1)
    for row in session.execute(raised.returning(table.c.id, table.c.access_epoch)).all():
        revoke(session, subject_id=row.id, least_epoch=row.access_epoch, revoked_at=now)
        events.access_revoked(session, row.id, least_epoch=row.access_epoch, now=now)
