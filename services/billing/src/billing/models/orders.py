"""Orders, their lines, and the serials that their numbers are made of (B2 to B6)."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from chassis.db import HasId, HasTimes, JSONDocument, Versioned
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from billing.models.base import Fen, Model, frozen


class Order(HasId, HasTimes, Versioned, Model):
    """订单. Its money, number and owner never change; its state does (B6)."""

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("number", name="uq_orders_number"),
        UniqueConstraint("class_id", name="uq_orders_class"),
        CheckConstraint("kind IN ('class', 'live', 'add_on')", name="ck_orders_kind"),
        CheckConstraint("(kind = 'class') = (class_id IS NOT NULL)", name="ck_orders_class_kind"),
        CheckConstraint("state IN ('unsettled', 'settlement_submitted', 'settled')", name="ck_orders_state"),
        CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="ck_orders_settled_at"),
        CheckConstraint("amount_fen >= 0", name="ck_orders_amount"),
        CheckConstraint("amount_fen > 0 OR state = 'settled'", name="ck_orders_zero_is_settled"),
        CheckConstraint("length(number) = 20", name="ck_orders_number"),
        Index("ix_orders_provider", "provider_id", "created_at"),
        Index("ix_orders_dealer", "dealer_id", "created_at"),
        frozen(
            "number",
            "kind",
            "provider_id",
            "dealer_id",
            "class_id",
            "joined_count",
            "finished_count",
            "billed_headcount",
            "per_head_fee_fen",
            "amount_fen",
            "due_day",
            "payer_account_name",
            "source_kind",
            "source_id",
            "created_at",
        ),
    )

    number: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(8))
    provider_id: Mapped[uuid.UUID]
    dealer_id: Mapped[uuid.UUID]
    class_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("class_openings.class_id"))
    title: Mapped[str] = mapped_column(String(200))
    joined_count: Mapped[int | None]
    finished_count: Mapped[int | None]
    billed_headcount: Mapped[int | None]
    per_head_fee_fen: Mapped[Fen | None]
    amount_fen: Mapped[Fen]
    payer_account_name: Mapped[str | None] = mapped_column(String(200))
    """The name of the provider's bank account when the order was made (B7); None: made before it was kept."""
    state: Mapped[str] = mapped_column(String(24))
    due_day: Mapped[date]
    settled_at: Mapped[datetime | None]
    rejection_reason: Mapped[str | None] = mapped_column(String(500))
    review_log: Mapped[Any] = mapped_column(JSONDocument)
    source_kind: Mapped[str] = mapped_column(String(8))
    source_id: Mapped[str] = mapped_column(String(64))

    lines: Mapped[list[OrderLine]] = relationship(order_by="OrderLine.position", lazy="selectin")


class OrderLine(HasId, Model):
    """One line: what is charged, or a credit (waiver 免开班, refund 退费: B3) that takes from it."""

    __tablename__ = "order_lines"
    __table_args__ = (
        UniqueConstraint("order_id", "position", name="uq_order_lines_position"),
        UniqueConstraint("order_id", "kind", name="uq_order_lines_kind"),
        CheckConstraint("kind IN ('class', 'waiver', 'refund')", name="ck_order_lines_kind"),
        CheckConstraint(
            "(kind = 'class' AND amount_fen >= 0) OR (kind <> 'class' AND amount_fen < 0)",
            name="ck_order_lines_sign",
        ),
        frozen(),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("orders.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    quantity: Mapped[int]
    unit_fen: Mapped[Fen]
    amount_fen: Mapped[Fen]


class OrderSerial(Model):
    """B4: the last serial given out; raising it locks the row, so no two orders get the same."""

    __tablename__ = "order_serials"
    __table_args__ = (CheckConstraint("last BETWEEN 1 AND 99999", name="ck_order_serials_range"),)

    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    last: Mapped[int]
