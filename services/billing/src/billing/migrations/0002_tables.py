"""The tables of billing itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from chassis.db import JSONDocument, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "dealer_feeds",
        sa.Column("dealer_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("dealer_id", name="pk_dealer_feeds"),
    )
    op.create_table(
        "known_classes",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("start_day", sa.Date(), nullable=True),
        sa.Column("end_day", sa.Date(), nullable=True),
        sa.Column("region", JSONDocument, nullable=True),
        sa.PrimaryKeyConstraint("class_id", name="pk_known_classes"),
    )
    op.create_table(
        "known_dealers",
        sa.Column("dealer_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("bank_account_name", sa.String(length=200), nullable=False),
        sa.Column("bank_name", sa.String(length=200), nullable=False),
        sa.Column("bank_account_number", sa.String(length=64), nullable=False),
        sa.Column("contact_name", sa.String(length=100), nullable=False),
        sa.Column("contact_phone", sa.String(length=50), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("dealer_id", name="pk_known_dealers"),
    )
    op.create_table(
        "known_providers",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("account_name", sa.String(length=200), nullable=False),
        sa.Column("dealer_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("provider_id", name="pk_known_providers"),
    )
    op.create_index("ix_known_providers_dealer_id", "known_providers", ["dealer_id"])
    op.create_table(
        "ledger_books",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("dealer_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_books"),
        sa.UniqueConstraint("provider_id", "dealer_id", "unit", name="uq_ledger_books_pair"),
    )
    op.create_index("ix_ledger_books_dealer_id", "ledger_books", ["dealer_id"])
    op.create_table(
        "order_serials",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last BETWEEN 1 AND 99999", name="ck_order_serials_range"),
        sa.PrimaryKeyConstraint("kind", "day", "provider_id", name="pk_order_serials"),
    )
    op.create_table(
        "price_agreements",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("dealer_id", sa.Uuid(), nullable=False),
        sa.Column("per_head_fee_fen", sa.BigInteger(), nullable=False),
        sa.Column("term_days", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_by_name", sa.String(length=100), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("source_kind", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("per_head_fee_fen >= 0", name="ck_price_agreements_fee"),
        sa.CheckConstraint("term_days BETWEEN 0 AND 365", name="ck_price_agreements_term"),
        sa.PrimaryKeyConstraint("id", name="pk_price_agreements"),
        sa.UniqueConstraint("provider_id", "number", name="uq_price_agreements_number"),
    )
    op.create_index("ix_price_agreements_dealer_id", "price_agreements", ["dealer_id"])
    op.create_table(
        "vouchers",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("source_kind", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vouchers"),
        sa.UniqueConstraint("key", name="uq_vouchers_key"),
    )
    op.create_index("ix_vouchers_provider_id", "vouchers", ["provider_id"])
    op.create_table(
        "class_openings",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("dealer_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("per_head_fee_fen", sa.BigInteger(), nullable=False),
        sa.Column("term_days", sa.Integer(), nullable=False),
        sa.Column("waived", sa.Boolean(), nullable=False),
        sa.Column("planned_headcount", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("start_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("region", JSONDocument, nullable=True),
        sa.Column("review_log", JSONDocument, nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("source_kind", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.CheckConstraint("per_head_fee_fen >= 0", name="ck_class_openings_fee"),
        sa.CheckConstraint("planned_headcount >= 0", name="ck_class_openings_headcount"),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["price_agreements.id"], name="fk_class_openings_agreement_id"
        ),
        sa.PrimaryKeyConstraint("class_id", name="pk_class_openings"),
    )
    op.create_index("ix_class_openings_dealer_id", "class_openings", ["dealer_id"])
    op.create_index("ix_class_openings_provider_id", "class_openings", ["provider_id"])
    op.create_table(
        "dealer_events",
        sa.Column("dealer_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("envelope", JSONDocument, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("position > 0", name="ck_dealer_events_position"),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealer_feeds.dealer_id"], name="fk_dealer_events_dealer_id"),
        sa.PrimaryKeyConstraint("dealer_id", "position", name="pk_dealer_events"),
        sa.UniqueConstraint("event_id", name="uq_dealer_events_event"),
    )
    op.create_table(
        "ledger_accounts",
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'prepaid' OR balance >= 0", name="ck_ledger_accounts_prepaid_not_negative"
        ),
        sa.CheckConstraint(
            "kind IN ('receivable', 'revenue', 'bank', 'prepaid')", name="ck_ledger_accounts_kind"
        ),
        sa.ForeignKeyConstraint(["book_id"], ["ledger_books.id"], name="fk_ledger_accounts_book_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_accounts"),
        sa.UniqueConstraint("book_id", "kind", name="uq_ledger_accounts_kind"),
        sa.UniqueConstraint("id", "book_id", name="uq_ledger_accounts_book"),
    )
    op.create_table(
        "ledger_transactions",
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("source_kind", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('order_created', 'settlement_confirmed')", name="ck_ledger_transactions_kind"
        ),
        sa.ForeignKeyConstraint(["book_id"], ["ledger_books.id"], name="fk_ledger_transactions_book_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_transactions"),
        sa.UniqueConstraint("id", "book_id", name="uq_ledger_transactions_book"),
        sa.UniqueConstraint("kind", "subject_id", name="uq_ledger_transactions_subject"),
    )
    op.create_table(
        "settlements",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("dealer_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("payer_account_name", sa.String(length=200), nullable=False),
        sa.Column("payer_account_number", sa.String(length=64), nullable=False),
        sa.Column("payer_bank", sa.String(length=200), nullable=False),
        sa.Column("receiving_account", JSONDocument, nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column("submitted_by_name", sa.String(length=100), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.String(length=100), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("source_kind", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("decision_source_id", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'rejected') = (reason IS NOT NULL)", name="ck_settlements_reason"),
        sa.CheckConstraint("(state = 'submitted') = (decided_at IS NULL)", name="ck_settlements_decided"),
        sa.CheckConstraint("method IN ('bank')", name="ck_settlements_method"),
        sa.CheckConstraint("state IN ('submitted', 'confirmed', 'rejected')", name="ck_settlements_state"),
        sa.CheckConstraint("amount_fen > 0", name="ck_settlements_amount"),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name="fk_settlements_voucher_id"),
        sa.PrimaryKeyConstraint("id", name="pk_settlements"),
    )
    op.create_index("ix_settlements_dealer", "settlements", ["dealer_id", "created_at"])
    op.create_index("ix_settlements_provider", "settlements", ["provider_id", "created_at"])
    op.create_index(
        "uq_settlements_voucher",
        "settlements",
        ["voucher_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'rejected'"),
        postgresql_where=sa.text("state <> 'rejected'"),
    )
    op.create_table(
        "orders",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("dealer_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("joined_count", sa.Integer(), nullable=True),
        sa.Column("finished_count", sa.Integer(), nullable=True),
        sa.Column("billed_headcount", sa.Integer(), nullable=True),
        sa.Column("per_head_fee_fen", sa.BigInteger(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("due_day", sa.Date(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("rejection_reason", sa.String(length=500), nullable=True),
        sa.Column("review_log", JSONDocument, nullable=False),
        sa.Column("source_kind", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'class') = (class_id IS NOT NULL)", name="ck_orders_class_kind"),
        sa.CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="ck_orders_settled_at"),
        sa.CheckConstraint("amount_fen > 0 OR state = 'settled'", name="ck_orders_zero_is_settled"),
        sa.CheckConstraint("kind IN ('class', 'live', 'add_on')", name="ck_orders_kind"),
        sa.CheckConstraint(
            "state IN ('unsettled', 'settlement_submitted', 'settled')", name="ck_orders_state"
        ),
        sa.CheckConstraint("amount_fen >= 0", name="ck_orders_amount"),
        sa.CheckConstraint("length(number) = 20", name="ck_orders_number"),
        sa.ForeignKeyConstraint(["class_id"], ["class_openings.class_id"], name="fk_orders_class_id"),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
        sa.UniqueConstraint("class_id", name="uq_orders_class"),
        sa.UniqueConstraint("number", name="uq_orders_number"),
    )
    op.create_index("ix_orders_dealer", "orders", ["dealer_id", "created_at"])
    op.create_index("ix_orders_provider", "orders", ["provider_id", "created_at"])
    op.create_table(
        "ledger_entries",
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("debit_id", sa.Uuid(), nullable=False),
        sa.Column("credit_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("amount > 0", name="ck_ledger_entries_amount"),
        sa.CheckConstraint("debit_id <> credit_id", name="ck_ledger_entries_two_sides"),
        sa.ForeignKeyConstraint(
            ["credit_id", "book_id"],
            ["ledger_accounts.id", "ledger_accounts.book_id"],
            name="fk_ledger_entries_credit",
        ),
        sa.ForeignKeyConstraint(
            ["debit_id", "book_id"],
            ["ledger_accounts.id", "ledger_accounts.book_id"],
            name="fk_ledger_entries_debit",
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_ledger_entries_order_id"),
        sa.ForeignKeyConstraint(
            ["transaction_id", "book_id"],
            ["ledger_transactions.id", "ledger_transactions.book_id"],
            name="fk_ledger_entries_transaction",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entries"),
    )
    op.create_index("ix_ledger_entries_book", "ledger_entries", ["book_id", "id"])
    op.create_index("ix_ledger_entries_order_id", "ledger_entries", ["order_id"])
    op.create_table(
        "order_lines",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_fen", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'class' AND amount_fen >= 0) OR (kind <> 'class' AND amount_fen < 0)",
            name="ck_order_lines_sign",
        ),
        sa.CheckConstraint("kind IN ('class', 'waiver', 'refund')", name="ck_order_lines_kind"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_lines_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_order_lines"),
        sa.UniqueConstraint("order_id", "kind", name="uq_order_lines_kind"),
        sa.UniqueConstraint("order_id", "position", name="uq_order_lines_position"),
    )
    op.create_table(
        "settlement_orders",
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_settlement_orders_order_id"),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlements.id"], name="fk_settlement_orders_settlement_id"
        ),
        sa.PrimaryKeyConstraint("settlement_id", "order_id", name="pk_settlement_orders"),
    )
    op.create_index("ix_settlement_orders_order_id", "settlement_orders", ["order_id"])
    op.create_index(
        "uq_settlement_orders_active",
        "settlement_orders",
        ["order_id"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in (
        "settlement_orders",
        "order_lines",
        "ledger_entries",
        "orders",
        "settlements",
        "ledger_transactions",
        "ledger_accounts",
        "dealer_events",
        "class_openings",
        "vouchers",
        "price_agreements",
        "order_serials",
        "ledger_books",
        "known_providers",
        "known_dealers",
        "known_classes",
        "dealer_feeds",
    ):
        op.drop_table(table)
