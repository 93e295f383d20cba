"""Statements that both databases know but SQLAlchemy keeps in dialects."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def table_of(model: Any) -> Table:
    """The table of a model, for statements that are built once per process and know no entities; a table is its own."""
    table: Table = getattr(model, "__table__", model)
    return table


def insert(session: Session, target: Any) -> postgresql.Insert:
    """An INSERT into a table or model that has `.on_conflict_do_nothing` / `.on_conflict_do_update` / `.excluded`.

    Typed as PostgreSQL's; SQLite's has the same methods.
    """
    table = table_of(target)
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)  # type: ignore[return-value]
    return postgresql.insert(table)
