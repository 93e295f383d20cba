"""Access tokens that ended before their time: of accounts that were switched off, lost a role or got another password.

A token is good by its signature alone, for minutes. The issuer announces whose tokens it has revoked; each service
keeps a short list of them in its database, and each process reads that every few seconds, never per request.
"""

from __future__ import annotations

import threading
import time
import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from chassis.db.columns import UtcDateTime
from chassis.db.commit import reading
from chassis.db.statements import insert

KEPT = timedelta(minutes=15)
"""Longer than any access token lives: what was revoked before that has ended by itself."""
READ_EVERY = 3.0
"""Seconds between two readings of the list by one process."""

_shape = sa.MetaData()
access_revocations = sa.Table(
    "access_revocations",
    _shape,
    sa.Column("subject_id", sa.Uuid(), primary_key=True),
    sa.Column("least_epoch", sa.BigInteger, nullable=False),
    sa.Column("revoked_at", UtcDateTime, nullable=False, index=True),
)


def revoke(session: Session, *, subject_id: uuid.UUID, least_epoch: int, revoked_at: datetime) -> None:
    """Tokens of this account or program below `least_epoch` are refused from now on. In any order, however often."""
    row = {"subject_id": subject_id, "least_epoch": least_epoch, "revoked_at": revoked_at}
    statement = insert(session, access_revocations).values(row)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["subject_id"],
            set_={"least_epoch": statement.excluded.least_epoch, "revoked_at": statement.excluded.revoked_at},
            where=access_revocations.c.least_epoch < statement.excluded.least_epoch,
        )
    )


class Revocations:
    """What this process knows of the list, at most `READ_EVERY` seconds old."""

    def __init__(self, engine: Engine, *, read_every: float = READ_EVERY) -> None:
        """`engine` is the service's database; `read_every` is in seconds."""
        self._engine = engine
        self._read_every = read_every
        self._read_at: float | None = None
        self._least: dict[uuid.UUID, int] = {}
        self._reading = threading.Lock()

    def refuses(self, subject_id: uuid.UUID, *, epoch: int, now: datetime) -> bool:
        """Whether a token of this subject and epoch was revoked."""
        # One reads; the others go on with what is known, unless nothing is yet.
        if self._is_old() and self._reading.acquire(blocking=self._read_at is None):
            try:
                if self._is_old():
                    self._read(now)
            finally:
                self._reading.release()
        return epoch < self._least.get(subject_id, epoch)

    def _is_old(self) -> bool:
        return self._read_at is None or time.monotonic() - self._read_at >= self._read_every

    def _read(self, now: datetime) -> None:
        recent = sa.select(access_revocations.c.subject_id, access_revocations.c.least_epoch)
        began = time.monotonic()
        with reading(), self._engine.connect() as connection:
            rows = connection.execute(recent.where(access_revocations.c.revoked_at > now - KEPT)).all()
        self._least = {row.subject_id: row.least_epoch for row in rows}
        self._read_at = began
