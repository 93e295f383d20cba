"""All tables of the mill."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Straight from the models: this service has no past."""
    from mill.app import db

    db.metadata.create_all(op.get_bind())
