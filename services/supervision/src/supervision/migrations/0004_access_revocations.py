"""The short list of access tokens that ended before their time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from chassis.db import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand."""
    op.create_table(
        "access_revocations",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("least_epoch", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", name="pk_access_revocations"),
    )
    op.create_index("ix_access_revocations_revoked_at", "access_revocations", ["revoked_at"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("access_revocations")
