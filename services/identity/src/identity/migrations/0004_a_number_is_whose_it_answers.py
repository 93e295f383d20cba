"""A mobile number is an account's once it has answered a code; until then it is only claimed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from chassis.db import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

VERIFIED = sa.text("mobile_verified_at IS NOT NULL")
CLAIMED = sa.text("mobile_verified_at IS NULL")
OF_THE_PLATFORM = sa.text("mobile_verified_at IS NULL AND provider_id IS NULL AND dealer_id IS NULL")


def upgrade() -> None:
    """Learners' numbers have answered a code; those of mere staff were typed by somebody else."""
    with op.batch_alter_table("accounts") as batch:
        batch.add_column(sa.Column("mobile_verified_at", UtcDateTime(), nullable=True))
        batch.drop_constraint("uq_accounts_mobile", type_="unique")
        batch.create_check_constraint(
            "ck_accounts_mobile_verified", "mobile IS NOT NULL OR mobile_verified_at IS NULL"
        )
    op.execute(
        "UPDATE accounts SET mobile_verified_at = created_at WHERE mobile IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM grants WHERE grants.account_id = accounts.id AND grants.role = 'learner')"
    )
    _unique("uq_accounts_mobile", ["mobile"], VERIFIED)
    _unique("uq_accounts_mobile_provider", ["mobile", "provider_id"], CLAIMED)
    _unique("uq_accounts_mobile_dealer", ["mobile", "dealer_id"], CLAIMED)
    _unique("uq_accounts_mobile_platform", ["mobile"], OF_THE_PLATFORM)
    op.create_index("ix_accounts_mobile", "accounts", ["mobile"])


def downgrade() -> None:
    """Back to the revision before; numbers that several claim stand in its way."""
    op.drop_index("ix_accounts_mobile", table_name="accounts")
    for name in ("platform", "dealer", "provider"):
        op.drop_index(f"uq_accounts_mobile_{name}", table_name="accounts")
    op.drop_index("uq_accounts_mobile", table_name="accounts")
    with op.batch_alter_table("accounts") as batch:
        batch.drop_constraint("ck_accounts_mobile_verified", type_="check")
        batch.create_unique_constraint("uq_accounts_mobile", ["mobile"])
        batch.drop_column("mobile_verified_at")


def _unique(name: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, "accounts", columns, unique=True, sqlite_where=where, postgresql_where=where)
