"""Orders keep the payer's name as it was, and prices lie between limits that people understand (B1, B7)."""

from __future__ import annotations

from collections.abc import Iterator

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNIT_PRICES, YEARLY_PRICES = (
    ("per_head_fee_fen", "live_minute_fen"),
    ("self_built_courses_fen", "self_built_portal_fen", "popup_paper_fen"),
)
MOST_UNIT, MOST_YEARLY = 9_999_999, 999_999_999
OUTSIDE = " OR ".join(
    [
        *(f"NEW.{price} NOT BETWEEN 1 AND {MOST_UNIT}" for price in UNIT_PRICES),
        *(f"NEW.{price} NOT BETWEEN 1 AND {MOST_YEARLY}" for price in YEARLY_PRICES),
    ]
)
"""Not true of a price that is null: it was not agreed. Agreements that are there stay as they are."""

TRIGGERS = (
    ("orders", "keep_payer", "UPDATE OF payer_account_name", "", "orders is never changed or deleted"),
    ("price_agreements", "bounds", "INSERT", f"WHEN ({OUTSIDE}) ", "a price lies outside its limits"),
)


def upgrade() -> None:
    """Expand."""
    op.execute("ALTER TABLE orders ADD COLUMN payer_account_name VARCHAR(200)")
    dialect = op.get_bind().dialect.name
    for trigger in TRIGGERS:
        for statement in _trigger(dialect, *trigger):
            op.execute(statement)


def downgrade() -> None:
    """Remove the triggers and the column."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, name, *_ in TRIGGERS:
        op.execute(f"DROP TRIGGER tr_{table}_{name}" if sqlite else f"DROP FUNCTION {table}_{name}() CASCADE")
    op.execute("ALTER TABLE orders DROP COLUMN payer_account_name")


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
