"""Wrong tries at joining are counted within a window, and names are compared without their dots (K15)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from chassis.db import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLE = "join_tries"
SAME_SIGNS = {
    **dict.fromkeys("·.。", ""),
    **dict.fromkeys("‘’ʼ`", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}


def upgrade() -> None:
    """A column, and the keys of the names that are there, as `name_key` makes them now."""
    op.add_column(TABLE, sa.Column("began_at", UtcDateTime(), nullable=True))
    key: sa.ColumnElement[str] = sa.column("name_key", sa.String)
    for sign, same in SAME_SIGNS.items():
        key = sa.func.replace(key, sign, same)
    op.execute(sa.table("enrolments", sa.column("name_key", sa.String)).update().values(name_key=key))


def downgrade() -> None:
    """Back to the revision before; a dot that was left out of a key stays out."""
    op.drop_column(TABLE, "began_at")
