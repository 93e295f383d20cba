"""Many rows in one statement, the same on both databases: what projections of others' states are kept with.

SQLAlchemy compiles an upsert anew at each call, with one parameter for each value: that took two thirds of a
consumer's time. Here the text is made once for a table, and the rows are one parameter, however many they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from chassis.db.statements import table_of

Row = Mapping[str, Any]


def upsert_many(
    session: Session, model: Any, rows: Sequence[Row], *, key: str, version: str = "version"
) -> set[Any]:
    """Write each row that is new, or whose `version` is greater than that of the row with its `key`.

    All rows name the same columns, and no key comes twice. Returns the keys of the rows that were written.
    Objects of this session that stand for such rows are as stale as after any other statement.
    """
    if not rows:
        return set()
    table, dialect = table_of(model), session.get_bind().dialect
    columns = tuple(rows[0])
    statement = _upsert(table, columns, key, version, dialect.name)
    return set(session.scalars(statement, {"rows": _packed(table, columns, rows, dialect)}).all())


def insert_missing(session: Session, model: Any, rows: Sequence[Row]) -> None:
    """Write each row that breaks no unique constraint; the others stand there already and never change."""
    if not rows:
        return
    table, dialect = table_of(model), session.get_bind().dialect
    columns = tuple(rows[0])
    statement = _insert(table, columns, dialect.name)
    session.execute(statement, {"rows": _packed(table, columns, rows, dialect)})


@lru_cache(maxsize=256)
def _upsert(
    table: sa.Table, columns: tuple[str, ...], key: str, version: str, dialect: str
) -> sa.TextualSelect:
    changes = ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in columns if name != key)
    newer = f"known.{_quoted(version)} < excluded.{_quoted(version)}"
    text = (
        f"{_into(table, columns, dialect, order=key)}"
        f" ON CONFLICT ({_quoted(key)}) DO UPDATE SET {changes} WHERE {newer} RETURNING {_quoted(key)}"
    )
    return sa.text(text).columns(table.c[key])


@lru_cache(maxsize=256)
def _insert(table: sa.Table, columns: tuple[str, ...], dialect: str) -> sa.TextClause:
    order = next(iter(table.primary_key.columns)).name
    return sa.text(f"{_into(table, columns, dialect, order=order)} ON CONFLICT DO NOTHING")


def _into(table: sa.Table, columns: Sequence[str], dialect: str, *, order: str) -> str:
    """In the order of their keys: two transactions that write the same rows would else wait for each other."""
    names = ", ".join(_quoted(name) for name in columns)
    into = f"INSERT INTO {_quoted(table.name)} AS known ({names})"
    if dialect == "sqlite":
        values = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(columns)))
        return f"{into} SELECT {values} FROM json_each(:rows) WHERE true"
    kinds = ", ".join(f"{_quoted(name)} {_kind(table.c[name])}" for name in columns)
    given = f"jsonb_to_recordset(CAST(:rows AS jsonb)) AS given ({kinds})"
    return f"{into} SELECT {names} FROM {given} ORDER BY {_quoted(order)}"


def _packed(table: sa.Table, columns: Sequence[str], rows: Sequence[Row], dialect: Dialect) -> str:
    """The rows as JSON. SQLite has no types that would read them: there each value goes as it is stored."""
    if dialect.name != "sqlite":
        return json.dumps(list(rows), default=_plain, ensure_ascii=False)
    stored = [_storing(table.c[name], dialect) for name in columns]
    return json.dumps(
        [[store(row[name]) for name, store in zip(columns, stored, strict=True)] for row in rows]
    )


def _storing(column: sa.Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    return column.type.dialect_impl(dialect).bind_processor(dialect) or (lambda value: value)


def _plain(value: object) -> str:
    """What JSON does not know, as PostgreSQL reads it."""
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("a naive datetime has no place in the database")
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"a {type(value).__name__} is no value of a row")


_POSTGRES = postgresql.dialect()  # type: ignore[no-untyped-call]


def _kind(column: sa.Column[Any]) -> str:
    return column.type.compile(_POSTGRES)


def _quoted(name: str) -> str:
    return _POSTGRES.identifier_preparer.quote(name)
