"""Alembic's environment for every service; `chassis.db.migrate` hands it a connection and the metadata."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

config = context.config
connection: sa.Connection = config.attributes["connection"]
sqlite = connection.dialect.name == "sqlite"

if sqlite:
    # Alembic changes a SQLite table by making it anew; with foreign keys on, dropping the old one would
    # delete all child rows. The pragma works only outside a transaction.
    connection.rollback()
    connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")


def _render(kind: str, thing: Any, autogen: Any) -> str | Literal[False]:
    """Write the suite's column types with their own import."""
    from chassis.db.columns import JSONDocument, UtcDateTime

    if kind == "type" and isinstance(thing, UtcDateTime):
        autogen.imports.add("from chassis.db import UtcDateTime")
        return "UtcDateTime()"
    if kind == "type" and thing is JSONDocument:
        autogen.imports.add("from chassis.db import JSONDocument")
        return "JSONDocument"
    return False


context.configure(
    connection=connection,
    target_metadata=config.attributes["metadata"],
    render_as_batch=True,
    render_item=_render,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
if sqlite:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration left rows without their parent: {broken[:5]}")
connection.commit()
if sqlite:
    connection.connection.cursor().execute("PRAGMA foreign_keys=ON")
