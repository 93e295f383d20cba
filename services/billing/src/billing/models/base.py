"""Billing's database: its own tables, and those that bus and chassis keep beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import bus
from chassis.db import Database
from sqlalchemy import BigInteger
from sqlalchemy.orm import mapped_column

db = Database()
bus.attach_tables(db.metadata)

if TYPE_CHECKING:
    from sqlalchemy.orm import DeclarativeBase

    class Model(DeclarativeBase):
        """What `db.Model` is, in words that a type checker understands."""

else:
    Model = db.Model

# An amount of money in integer fen, wide enough for any sum of them.
Fen = Annotated[int, mapped_column(BigInteger)]


def frozen(*columns: str) -> dict[str, Any]:
    """Table arguments that say: triggers refuse to delete rows, and to change them (or only these `columns`).

    The migration makes the triggers, on PostgreSQL and on SQLite alike; a test holds every table so marked to them.
    SQLite loses a table's triggers when a migration makes the table anew: such a migration makes them again.
    """
    return {"info": {"frozen": columns}}
