"""Verdicts by the reports' ids; plays show what was credited; which documents were opened (K18, K20)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from chassis.db import JSONDocument, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CLIPPED = """
UPDATE study_plays SET {edge} = (
    SELECT seconds FROM study_items
    WHERE study_items.item_id = study_plays.item_id AND study_items.class_id = (
        SELECT class_id FROM study_sessions WHERE study_sessions.id = study_plays.session_id
    )
)
WHERE {edge} > (
    SELECT seconds FROM study_items
    WHERE study_items.item_id = study_plays.item_id AND study_items.class_id = (
        SELECT class_id FROM study_sessions WHERE study_sessions.id = study_plays.session_id
    )
)
"""


def upgrade() -> None:
    """Plays without credit go; the others end where their item ends."""
    op.create_table(
        "study_reports",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("credited_seconds", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.CheckConstraint("credited_seconds >= 0", name="ck_study_reports_credited"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_sessions.id"],
            name=op.f("fk_study_reports_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "report_id", name=op.f("pk_study_reports")),
    )
    op.create_table(
        "study_document_openings",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["study_learners.enrolment_id"],
            name=op.f("fk_study_document_openings_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "item_id", name=op.f("pk_study_document_openings")),
    )
    op.execute(
        "INSERT INTO study_document_openings (enrolment_id, item_id, opened_at)"
        " SELECT enrolment_id, item_id, first_at FROM study_item_progress"
    )
    op.execute("DELETE FROM study_plays WHERE credited_seconds = 0")
    for edge in ("to_seconds", "from_seconds"):
        op.execute(CLIPPED.format(edge=edge))
    with op.batch_alter_table("study_plays", schema=None) as batch_op:
        batch_op.add_column(sa.Column("spans", JSONDocument, nullable=True))
        batch_op.create_check_constraint(
            "ck_study_plays_credited", "credited_seconds <= to_seconds - from_seconds"
        )


def downgrade() -> None:
    """Back to the revision before."""
    with op.batch_alter_table("study_plays", schema=None) as batch_op:
        batch_op.drop_constraint("ck_study_plays_credited", type_="check")
        batch_op.drop_column("spans")
    op.drop_table("study_document_openings")
    op.drop_table("study_reports")
