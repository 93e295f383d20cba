"""Identity's database: its own tables, and those that bus and chassis keep beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bus
from chassis.db import Database

db = Database()
bus.attach_tables(db.metadata)

if TYPE_CHECKING:
    from sqlalchemy.orm import DeclarativeBase

    class Model(DeclarativeBase):
        """What `db.Model` is, in words that a type checker understands."""

else:
    Model = db.Model
