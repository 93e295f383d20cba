"""The index of sessions without what every report changes, so that PostgreSQL changes the row in place."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEX, TABLE = "ix_study_sessions_account", "study_sessions"


def upgrade() -> None:
    """By account only: an account has few sessions."""
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, ["account_id"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, ["account_id", "until_ms"])
