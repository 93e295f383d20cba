"""Triggers: logs that only grow, rows that stay, figures that are frozen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


class Guard(NamedTuple):
    """What the database refuses: `moment` on `table`, when `refused` is true of the row."""

    table: str
    name: str
    moment: str
    told: str
    refused: str = "1 = 1"

    @property
    def trigger(self) -> str:
        """The trigger's name, and on PostgreSQL its function's."""
        return f"tr_{self.table}_{self.name}"


CLASS = "SELECT 1 FROM training_classes WHERE id = OLD.class_id"

GUARDS = (
    Guard(table="class_audit_log", name="keep", moment="UPDATE", told="the audit log is never changed"),
    Guard(table="class_audit_log", name="stay", moment="DELETE", told="the audit log is never deleted"),
    Guard(table="review_decisions", name="keep", moment="UPDATE", told="the review log is never changed"),
    Guard(
        table="review_decisions",
        name="stay",
        moment="DELETE",
        told="the review log is deleted with its class only",
        refused=f"EXISTS ({CLASS})",
    ),
    Guard(
        table="review_decisions",
        name="own",
        moment="INSERT",
        told="nobody reviews their own application",
        refused=(
            "EXISTS (SELECT 1 FROM applications WHERE id = NEW.application_id"
            " AND NEW.reviewer_id IN (prepared_by, submitted_by))"
        ),
    ),
    Guard(
        table="training_classes",
        name="stay",
        moment="DELETE",
        told="only a draft is deleted",
        refused="OLD.state <> 'draft'",
    ),
    Guard(
        table="enrolments",
        name="stay",
        moment="DELETE",
        told="nobody is deleted from the roster after the opening",
        refused=f"EXISTS ({CLASS} AND state <> 'draft')",
    ),
    Guard(
        table="applications",
        name="price",
        moment="UPDATE OF agreement_id, dealer_id, per_head_fee_fen, amount_fen, planned_headcount, waiver_asked",
        told="a price that was submitted is never changed",
        refused=(
            "OLD.kind = 'opening' AND OLD.submitted_at IS NOT NULL AND (OLD.agreement_id <> NEW.agreement_id"
            " OR OLD.dealer_id <> NEW.dealer_id OR OLD.per_head_fee_fen <> NEW.per_head_fee_fen"
            " OR OLD.amount_fen <> NEW.amount_fen OR OLD.planned_headcount <> NEW.planned_headcount"
            " OR OLD.waiver_asked <> NEW.waiver_asked)"
        ),
    ),
    Guard(
        table="applications",
        name="counts",
        moment="UPDATE OF joined_count, finished_count",
        told="counts that were frozen are never changed",
        refused=(
            "OLD.counted_at IS NOT NULL"
            " AND (coalesce(OLD.joined_count <> NEW.joined_count, 1 = 1)"
            " OR coalesce(OLD.finished_count <> NEW.finished_count, 1 = 1))"
        ),
    ),
)
"""SQLite loses a table's triggers when a migration makes the table anew: such a migration makes them again."""


def upgrade() -> None:
    """Make the triggers."""
    for guard in GUARDS:
        for statement in _statements(op.get_bind().dialect.name, guard):
            op.execute(statement)


def downgrade() -> None:
    """Remove the triggers."""
    for guard in GUARDS:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {guard.trigger}")
        else:
            op.execute(f"DROP FUNCTION {guard.trigger}() CASCADE")


def _statements(dialect: str, guard: Guard) -> Iterator[str]:
    head = f"CREATE TRIGGER {guard.trigger} BEFORE {guard.moment} ON {guard.table} FOR EACH ROW"
    if dialect == "sqlite":
        yield f"{head} WHEN {guard.refused} BEGIN SELECT RAISE(ABORT, '{guard.told}'); END"
        return
    # A condition that asks other tables may stand in a function only.
    answer = "OLD" if guard.moment == "DELETE" else "NEW"
    yield (
        f"CREATE FUNCTION {guard.trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {guard.refused} THEN "
        f"RAISE EXCEPTION '{guard.told}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {answer}; END $$"
    )
    yield f"{head} EXECUTE FUNCTION {guard.trigger}()"
