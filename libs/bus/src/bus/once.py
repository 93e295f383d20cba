"""Rows that are written once and announced with it: a check-in, a payment, a vote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.db import after_commit
from sqlalchemy.orm import Session

from bus import contracts, wakeup
from bus.outbox import announce, announcing, gaps, unsent


class Once:
    """A table whose unique constraints say what may happen only once. Made once per process: it builds statements."""

    def __init__(self, table: Any) -> None:
        """`table` is one, or a model of one."""
        made: sa.Table = getattr(table, "__table__", table)
        names = [column.name for column in made.columns]
        # Written out: SQLAlchemy compiles an insert that may find its row there anew each time.
        insert = (
            f"INSERT INTO {made.name} ({', '.join(names)}) VALUES ({', '.join(f':row_{name}' for name in names)})"
            " ON CONFLICT DO NOTHING"
        )
        values = [sa.bindparam(f"row_{column.name}", type_=column.type) for column in made.columns]
        self._names = names
        self._insert = sa.text(insert).bindparams(*values)
        self._insert_and_announce = announcing(f"{insert} RETURNING 1").bindparams(*values)

    def announce(
        self,
        session: Session,
        row: Mapping[str, Any],
        *,
        type: str,
        aggregate: tuple[str, UUID],
        subject: str,
        data: Mapping[str, Any],
        now: datetime,
    ) -> int | None:
        """Write `row`, which has all columns, and announce it as `bus.announce` does; in one statement on PostgreSQL.

        None when a unique constraint was in the way: then nothing is written and nothing announced.
        """
        contracts.check(type, data)
        connection, values = session.connection(), {f"row_{name}": row[name] for name in self._names}
        if connection.dialect.name != "postgresql":
            if not connection.execute(self._insert, values).rowcount:
                return None
            return announce(session, type=type, aggregate=aggregate, subject=subject, data=data, now=now)
        event = unsent(type, subject, data, sequence=0, now=now)
        done = connection.execute(self._insert_and_announce, values | gaps(event, aggregate))
        sequence: int | None = done.scalar_one_or_none()
        if sequence is not None:
            after_commit(session, wakeup.relay_of(session))
        return sequence
