"""The bus's tables inside a service's own database."""

from __future__ import annotations

import sqlalchemy as sa
from chassis.db import UtcDateTime

metadata = sa.MetaData()

_big = sa.BigInteger().with_variant(
    sa.Integer(), "sqlite"
)  # SQLite counts only INTEGER primary keys by itself

aggregates = sa.Table(
    "bus_aggregates",
    metadata,
    sa.Column("type", sa.String(40), primary_key=True),
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("seq", sa.BigInteger(), nullable=False),
    sa.CheckConstraint("seq > 0", name="ck_bus_aggregates_seq"),
    comment="How many announcements each aggregate has made; its row lock puts them in order",
)

outbox = sa.Table(
    "bus_outbox",
    metadata,
    sa.Column("id", _big, primary_key=True, autoincrement=True),
    sa.Column("shard", sa.SmallInteger(), nullable=False),
    sa.Column("message_id", sa.Uuid(), nullable=False),
    sa.Column("aggregate_type", sa.String(40), nullable=False),
    sa.Column("aggregate_id", sa.Uuid(), nullable=False),
    sa.Column("seq", sa.BigInteger(), nullable=False),
    sa.Column("type", sa.String(120), nullable=False),
    sa.Column("body", sa.Text(), nullable=False),
    sa.Column("traceparent", sa.String(80)),
    sa.Column("created_at", UtcDateTime(), nullable=False),
    sa.UniqueConstraint("aggregate_type", "aggregate_id", "seq", name="uq_bus_outbox_aggregate_seq"),
    sa.Index("ix_bus_outbox_shard", "shard", "id"),
    comment="Announced and not yet confirmed by the broker; the relay empties it",
    sqlite_autoincrement=True,
)

inbox = sa.Table(
    "bus_inbox",
    metadata,
    sa.Column("consumer", sa.String(80), primary_key=True),
    sa.Column("message_id", sa.Uuid(), primary_key=True),
    sa.Column("type", sa.String(120), nullable=False),
    sa.Column("handled_at", UtcDateTime(), nullable=False),
    sa.Index("ix_bus_inbox_handled", "handled_at"),
    comment="Handled already: the same message again changes nothing",
)

attempts = sa.Table(
    "bus_attempts",
    metadata,
    sa.Column("consumer", sa.String(80), primary_key=True),
    sa.Column("message_id", sa.Uuid(), primary_key=True),
    sa.Column("started", sa.Integer(), nullable=False),
    sa.Column("started_at", UtcDateTime(), nullable=False),
    comment="Suspects, counted before they are handled, so that one which kills the process is counted too",
)


def attach_tables(target: sa.MetaData) -> None:
    """Copy the bus's tables into a service's metadata, so that its migrations create them."""
    for table in metadata.sorted_tables:
        if table.name not in target.tables:
            table.to_metadata(target)
