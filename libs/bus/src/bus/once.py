"""Rows that are written once and announced with it: a check-in, a payment, a vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.db import after_commit, table_of
from sqlalchemy.orm import Session

from bus import contracts, wakeup
from bus.outbox import Counted, announce, announcing, gaps, unsent


@dataclass(frozen=True, kw_only=True)
class Guard:
    """A condition that the database looks at in the statement that writes the row."""

    sql: str
    """It may name the row's values as `:row_<column>`, and those of `given`."""
    given: Mapping[str, sa.types.TypeEngine[Any]]


class Once:
    """A table whose unique constraints say what may happen only once. Made once per process: it builds statements."""

    def __init__(self, table: Any, *, counted: Counted | None = None, guard: Guard | None = None) -> None:
        """`table` is one, or a model of one. `counted` is a number in the data that the database counts as it writes;
        its SQL may name the row's values as `:row_<column>` and sees the table as it was before the row. Under a
        `guard` the row is written only where its condition holds."""
        made = table_of(table)
        names = [column.name for column in made.columns]
        # Written out: SQLAlchemy compiles an insert that may find its row there anew each time.
        insert = (
            f"INSERT INTO {made.name} ({', '.join(names)}) SELECT {', '.join(f':row_{name}' for name in names)}"
            f" WHERE {guard.sql if guard else 'true'} ON CONFLICT DO NOTHING"
        )
        values = [sa.bindparam(f"row_{column.name}", type_=column.type) for column in made.columns]
        values += [sa.bindparam(name, type_=kind) for name, kind in (guard.given if guard else {}).items()]
        self._names = names
        self._insert = sa.text(insert).bindparams(*values)
        self._insert_and_announce = announcing(f"{insert} RETURNING 1", counted=counted).bindparams(*values)
        self._counted = counted
        self._count = None
        if counted:
            named = [value for value in values if f":{value.key}" in counted.sql]
            self._count = sa.text(f"SELECT {counted.sql}").bindparams(*named)

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
        given: Mapping[str, Any] | None = None,
    ) -> int | None:
        """Write `row`, which has all columns, and announce it as `bus.announce` does; in one statement on PostgreSQL.
        What is counted need not be in `data`. `given` are the values that the guard names.

        None when a unique constraint or the guard was in the way: then nothing is written and nothing announced.
        """
        connection = session.connection()
        values = {f"row_{name}": row[name] for name in self._names} | dict(given or {})
        whole = {self._counted.name: 0, **data} if self._counted else data
        contracts.check(type, whole)
        if connection.dialect.name != "postgresql":
            if self._counted and self._count is not None:
                whole = {**whole, self._counted.name: connection.scalar(self._count, values)}
            if not connection.execute(self._insert, values).rowcount:
                return None
            return announce(session, type=type, aggregate=aggregate, subject=subject, data=whole, now=now)
        event = unsent(type, subject, whole, sequence=0, now=now)
        filled = values | gaps(event, aggregate, counted=self._counted)
        done = connection.execute(self._insert_and_announce, filled)
        sequence: int | None = done.scalar_one_or_none()
        if sequence is not None:
            after_commit(session, wakeup.relay_of(session))
        return sequence
