"""A real name is verified per account and document (S1).

Verdicts from before name no document: they go on counting for the enrolment by which they were given.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand; the embedded verifier is called what it is."""
    with op.batch_alter_table("real_names") as batch_op:
        batch_op.add_column(sa.Column("document", sa.String(length=64), nullable=True))
        batch_op.drop_constraint("uq_real_names_account", type_="unique")
        batch_op.create_unique_constraint("uq_real_names_document", ["account_id", "document"])
    op.execute("UPDATE real_names SET verifier = 'roster_match' WHERE verifier = 'embedded'")


def downgrade() -> None:
    """Back to the revision before; of several verdicts of an account the first stays."""
    op.execute(
        "DELETE FROM real_names WHERE EXISTS (SELECT 1 FROM real_names AS earlier"
        " WHERE earlier.account_id = real_names.account_id AND earlier.id < real_names.id)"
    )
    with op.batch_alter_table("real_names") as batch_op:
        batch_op.drop_constraint("uq_real_names_document", type_="unique")
        batch_op.create_unique_constraint("uq_real_names_account", ["account_id"])
        batch_op.drop_column("document")
