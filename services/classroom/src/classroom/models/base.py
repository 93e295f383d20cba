"""One database for all subjects of this service; each keeps its tables in its own package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bus import attach_tables
from chassis.db import Database

db = Database()

if TYPE_CHECKING:
    from sqlalchemy.orm import DeclarativeBase

    class Model(DeclarativeBase):
        """What `db.Model` is, in words that a type checker understands."""

else:
    Model = db.Model

attach_tables(db.metadata)
