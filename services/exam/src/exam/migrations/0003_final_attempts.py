"""What was handed in stays as it was scored, and saves are only added (E4): triggers that refuse anything else."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FINAL = ", ".join(
    ("question_order", "total_score", "pass_score", "started_at", "deadline")
    + ("handed_in_at", "ended_by", "score", "passed")
)
RULES = (
    (
        "attempts",
        f"UPDATE OF {FINAL}",
        "OLD.handed_in_at IS NOT NULL",
        "an attempt that was handed in never changes",
    ),
    ("saved_answers", "UPDATE", "", "saved answers are only added"),
    ("saved_answers", "DELETE", "", "saved answers are only added"),
)


def upgrade() -> None:
    """Put the triggers in place."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, moment, when, told in RULES:
        name = _name(table, moment)
        condition = f"WHEN {when} " if sqlite and when else f"WHEN ({when}) " if when else ""
        if sqlite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} {condition}"
                f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{told}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} "
            f"FOR EACH ROW {condition}EXECUTE FUNCTION {name}()"
        )


def downgrade() -> None:
    """Take them away."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, moment, _, _ in RULES:
        name = _name(table, moment)
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP FUNCTION {name}() CASCADE")


def _name(table: str, moment: str) -> str:
    return f"{table}_no_{moment.split()[0].lower()}"
