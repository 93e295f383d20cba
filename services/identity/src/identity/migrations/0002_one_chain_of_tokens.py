"""Each refresh token has at most one successor, and a browser's session is bound to the browser."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand: sessions and tokens of before have neither."""
    op.add_column("sign_ins", sa.Column("device_hash", sa.String(length=64), nullable=True))
    with op.batch_alter_table("refresh_tokens") as batch:
        batch.add_column(sa.Column("previous_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            "fk_refresh_tokens_previous_id", "refresh_tokens", ["previous_id"], ["id"], ondelete="SET NULL"
        )
        batch.create_unique_constraint("uq_refresh_tokens_previous", ["previous_id"])


def downgrade() -> None:
    """Back to the revision before."""
    with op.batch_alter_table("refresh_tokens") as batch:
        batch.drop_constraint("uq_refresh_tokens_previous", type_="unique")
        batch.drop_constraint("fk_refresh_tokens_previous_id", type_="foreignkey")
        batch.drop_column("previous_id")
    op.drop_column("sign_ins", "device_hash")
