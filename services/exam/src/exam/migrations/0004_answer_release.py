"""When a class's exam shows its right answers (E6)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Classes of before show them after the window, as the rule's default says."""
    op.add_column(
        "class_exams",
        sa.Column("answers_shown", sa.String(20), nullable=False, server_default="after_window"),
    )
    op.create_index("ix_class_learners_account", "class_learners", ["account_id", "class_id"])


def downgrade() -> None:
    """Take both away."""
    op.drop_index("ix_class_learners_account", table_name="class_learners")
    op.drop_column("class_exams", "answers_shown")
