"""When a class's exam shows its right answers (E6)."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLE, COLUMN = "training_classes", "exam_answers_shown"


def upgrade() -> None:
    """Classes of before show them after the window, as the rule's default says.

    One statement in plain SQL: a table that is made anew would lose its triggers.
    """
    op.execute(
        f"ALTER TABLE {TABLE} ADD COLUMN {COLUMN} VARCHAR(20) NOT NULL DEFAULT 'after_window'"
        " CONSTRAINT ck_training_classes_exam_answers_shown"
        f" CHECK ({COLUMN} IN ('after_attempts', 'after_window'))"
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column(TABLE, COLUMN)
