"""Statements that both databases know but SQLAlchemy keeps in dialects."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert(session: Session, target: Any) -> postgresql.Insert:
    """An INSERT into a table or model that has `.on_conflict_do_nothing` / `.on_conflict_do_update` / `.excluded`.

    Typed as PostgreSQL's; SQLite's has the same methods.
    """
    table: Table = getattr(target, "__table__", target)
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)  # type: ignore[return-value]
    return postgresql.insert(table)
