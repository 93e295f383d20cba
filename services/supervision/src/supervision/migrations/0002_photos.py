"""Photos are taken in by themselves, and one serves for one check-in.

Check-ins from before have photos without a row in `photos`: they have served.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from chassis.db import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPEN = sa.text("NOT served")


def upgrade() -> None:
    """Expand."""
    op.create_table(
        "photos",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=250), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("taken_in_at", UtcDateTime(), nullable=False),
        sa.Column("served", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("purpose IN ('check_in')", name="ck_photos_purpose"),
        sa.CheckConstraint("bytes > 0", name="ck_photos_bytes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("key", name="uq_photos_key"),
    )
    op.create_index("ix_photos_enrolment", "photos", ["enrolment_id", "taken_in_at"])
    op.create_index("ix_photos_open", "photos", ["taken_in_at"], postgresql_where=OPEN, sqlite_where=OPEN)
    with op.batch_alter_table("check_ins") as batch_op:
        batch_op.create_unique_constraint("uq_check_ins_photo", ["photo_key"])


def downgrade() -> None:
    """Back to the revision before."""
    with op.batch_alter_table("check_ins") as batch_op:
        batch_op.drop_constraint("uq_check_ins_photo", type_="unique")
    op.drop_table("photos")
