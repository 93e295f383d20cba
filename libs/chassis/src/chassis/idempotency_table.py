"""Where answers are kept by their Idempotency-Key."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.db.columns import UtcDateTime

MAX_KEY = 200

_shape = sa.MetaData()
keys = sa.Table(
    "idempotency_keys",
    _shape,
    sa.Column("owner", sa.String(80), primary_key=True),
    sa.Column("key", sa.String(MAX_KEY), primary_key=True),
    sa.Column("request_hash", sa.String(64), nullable=False),
    sa.Column("status", sa.Integer, nullable=True),
    sa.Column("body", sa.LargeBinary, nullable=True),
    sa.Column("headers", sa.JSON, nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False, index=True),
)
