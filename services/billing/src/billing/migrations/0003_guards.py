"""Triggers: rows that are never changed or deleted, and balances that move with their entries."""

from __future__ import annotations

from collections.abc import Iterator

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FROZEN: dict[str, tuple[str, ...]] = {
    "class_openings": (),
    "dealer_events": (),
    "ledger_entries": (),
    "ledger_transactions": (),
    "order_lines": (),
    "orders": (
        "number",
        "kind",
        "provider_id",
        "dealer_id",
        "class_id",
        "billed_headcount",
        "per_head_fee_fen",
        "amount_fen",
        "source_id",
    ),
    "price_agreements": (),
    "settlements": (
        "provider_id",
        "dealer_id",
        "amount_fen",
        "payer_account_name",
        "payer_account_number",
        "voucher_id",
    ),
    "vouchers": (),
}
"""Table → the columns that never change; none named means all of them. No row of these is ever deleted."""

# Receivable and bank grow by debits, revenue and prepaid by credits. One statement moves both sides.
MOVE_BALANCES = """
UPDATE ledger_accounts
   SET balance = balance + NEW.amount
       * CASE WHEN (kind IN ('receivable', 'bank')) = (id = NEW.debit_id) THEN 1 ELSE -1 END
 WHERE id IN (NEW.debit_id, NEW.credit_id);
"""


def upgrade() -> None:
    """Make the triggers."""
    dialect = op.get_bind().dialect.name
    for table, columns in FROZEN.items():
        for statement in _freeze(dialect, table, columns):
            op.execute(statement)
    for statement in _move_balances(dialect):
        op.execute(statement)


def downgrade() -> None:
    """Remove the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for table in FROZEN:
            op.execute(f"DROP TRIGGER tr_{table}_keep")
            op.execute(f"DROP TRIGGER tr_{table}_stay")
        op.execute("DROP TRIGGER tr_ledger_entries_move")
        return
    for table in FROZEN:
        op.execute(f"DROP FUNCTION {table}_never_changes() CASCADE")
    op.execute("DROP FUNCTION ledger_entries_move_balances() CASCADE")


def _freeze(dialect: str, table: str, columns: tuple[str, ...]) -> Iterator[str]:
    told = f"{table} is never changed or deleted"
    of = f" OF {', '.join(columns)}" if columns else ""
    if dialect == "sqlite":
        for moment, name in ((f"UPDATE{of}", "keep"), ("DELETE", "stay")):
            yield (
                f"CREATE TRIGGER tr_{table}_{name} BEFORE {moment} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
            )
        return
    yield (
        f"CREATE FUNCTION {table}_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{told}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield (
        f"CREATE TRIGGER tr_{table}_keep BEFORE UPDATE{of} OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_never_changes()"
    )


def _move_balances(dialect: str) -> Iterator[str]:
    head = "CREATE TRIGGER tr_ledger_entries_move AFTER INSERT ON ledger_entries"
    if dialect == "sqlite":
        yield f"{head} BEGIN {MOVE_BALANCES} END"
        return
    yield (
        "CREATE FUNCTION ledger_entries_move_balances() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {MOVE_BALANCES} RETURN NULL; END $$"
    )
    yield f"{head} FOR EACH ROW EXECUTE FUNCTION ledger_entries_move_balances()"
