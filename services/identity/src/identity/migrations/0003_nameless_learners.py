"""Learners who never named themselves are called by their masked number instead of 学员 and four digits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

accounts = sa.table("accounts", sa.column("name", sa.String), sa.column("mobile", sa.String))
LAST = sa.func.substr(accounts.c.mobile, 8, 4, type_=sa.String)
MASKED = sa.func.substr(accounts.c.mobile, 1, 3, type_=sa.String).concat("****").concat(LAST)
MADE_UP = sa.literal("学员").concat(LAST)
RENAME = accounts.update().where(accounts.c.name == MADE_UP).values(name=MASKED)


def upgrade() -> None:
    """Where the name is the one that was made up."""
    op.execute(RENAME)


def downgrade() -> None:
    """Back to the revision before."""
    op.execute(accounts.update().where(accounts.c.name == MASKED).values(name=MADE_UP))
