"""A settled order stays settled, a decided settlement decided, and what a settlement paid is never changed (B6, B10).

Prices of live minutes and add-ons come into the price agreement (B1).
"""

from __future__ import annotations

from collections.abc import Iterator

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PRICES = ("live_minute_fen", "self_built_courses_fen", "self_built_portal_fen", "popup_paper_fen")

MORE_FROZEN: dict[str, tuple[str, ...]] = {
    "orders": ("joined_count", "finished_count", "due_day", "source_kind", "created_at"),
    "settlements": ("method", "payer_bank", "receiving_account", "submitted_by", "source_kind", "source_id"),
    "settlement_orders": ("settlement_id", "order_id", "position", "amount_fen"),
}
"""Table → further columns that never change."""

ENDS = {
    "orders": ("state", "OLD.state = 'settled'"),
    "settlements": ("state, decided_by, decided_at, reason", "OLD.state <> 'submitted'"),
    "settlement_orders": ("active", "NOT OLD.active"),
}
"""Table → the columns in which its life is told, and when that is over."""


def upgrade() -> None:
    """Add the columns and make the triggers."""
    for price in PRICES:
        # Written out: SQLite adds a check only together with its column.
        op.execute(
            f"ALTER TABLE price_agreements ADD COLUMN {price} BIGINT "
            f"CONSTRAINT ck_price_agreements_{price} CHECK ({price} >= 0)"
        )
    dialect = op.get_bind().dialect.name
    for statement in _triggers(dialect):
        op.execute(statement)


def downgrade() -> None:
    """Remove the triggers and the columns."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        op.execute("DROP TRIGGER tr_settlement_orders_stay")
    for name in (*(f"{table}_keep_more" for table in MORE_FROZEN), *(f"{table}_end" for table in ENDS)):
        op.execute(f"DROP TRIGGER tr_{name}" if sqlite else f"DROP FUNCTION {name}() CASCADE")
    for price in PRICES:
        op.execute(f"ALTER TABLE price_agreements DROP COLUMN {price}")


def _triggers(dialect: str) -> Iterator[str]:
    for table, columns in MORE_FROZEN.items():
        told = f"{table} is never changed or deleted"
        moment = f"UPDATE OF {', '.join(columns)}"
        if dialect == "sqlite" and table == "settlement_orders":
            yield from _trigger(dialect, table, "stay", "DELETE", "", told)
        elif table == "settlement_orders":
            moment += " OR DELETE"
        yield from _trigger(dialect, table, "keep_more", moment, "", told)
    for table, (columns_of_life, over) in ENDS.items():
        yield from _trigger(
            dialect, table, "end", f"UPDATE OF {columns_of_life}", f"WHEN ({over}) ", f"{table} has ended"
        )


def _trigger(dialect: str, table: str, name: str, moment: str, when: str, told: str) -> Iterator[str]:
    if dialect == "sqlite":
        yield (
            f"CREATE TRIGGER tr_{table}_{name} BEFORE {moment} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
        )
        return
    yield (
        f"CREATE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{told}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield (
        f"CREATE TRIGGER tr_{table}_{name} BEFORE {moment} ON {table} "
        f"FOR EACH ROW {when}EXECUTE FUNCTION {table}_{name}()"
    )
