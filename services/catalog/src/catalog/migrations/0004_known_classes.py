"""What catalog keeps of classes: whether an item ticket of one still opens a medium (K27).

It begins empty: `kaike rebuild catalog classroom.class.changed.v1` fills it for classes that are running already.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand."""
    op.create_table(
        "known_classes",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("class_id", name=op.f("pk_known_classes")),
    )


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("known_classes")
