"""One database for all subjects of this service; each keeps its tables in its own package."""

from __future__ import annotations

from bus import attach_tables
from chassis.db import Database

db = Database()
Model = db.Model
attach_tables(db.metadata)
