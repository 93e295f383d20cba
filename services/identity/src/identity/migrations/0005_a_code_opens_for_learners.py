"""A session remembers whether a code opened it: then it has the learner's role alone."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from chassis.db import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of sessions of before nobody knows how they were opened: staff who are also learners sign in anew."""
    op.add_column("sign_ins", sa.Column("by_code", sa.Boolean(), nullable=False, server_default=sa.false()))
    ended = sa.text(
        "UPDATE sign_ins SET ended_at = :now, end_reason = 'password_needed' WHERE ended_at IS NULL"
        " AND EXISTS (SELECT 1 FROM grants WHERE grants.account_id = sign_ins.account_id AND role = 'learner')"
        " AND EXISTS (SELECT 1 FROM grants WHERE grants.account_id = sign_ins.account_id AND role <> 'learner')"
    )
    op.get_bind().execute(ended.bindparams(sa.bindparam("now", datetime.now(UTC), type_=UtcDateTime())))


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_column("sign_ins", "by_code")
