"""Settlements of orders, and the vouchers that prove them (B7, B10)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from chassis.db import HasId, HasTimes, JSONDocument, Versioned
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from billing.models.base import Fen, Model, frozen
from billing.models.orders import Order


class Voucher(HasId, Model):
    """汇款凭证: an image that the provider uploaded; the file itself is in the store under `key`."""

    __tablename__ = "vouchers"
    __table_args__ = (UniqueConstraint("key", name="uq_vouchers_key"), frozen())

    provider_id: Mapped[uuid.UUID] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by: Mapped[uuid.UUID]
    created_at: Mapped[datetime]
    source_kind: Mapped[str] = mapped_column(String(8))
    source_id: Mapped[str] = mapped_column(String(64))


class Settlement(HasId, HasTimes, Versioned, Model):
    """结算: a provider says that it has paid these orders; the dealer confirms or rejects (B10)."""

    __tablename__ = "settlements"
    __table_args__ = (
        CheckConstraint("state IN ('submitted', 'confirmed', 'rejected')", name="ck_settlements_state"),
        CheckConstraint("method IN ('bank')", name="ck_settlements_method"),
        CheckConstraint("amount_fen > 0", name="ck_settlements_amount"),
        CheckConstraint("(state = 'submitted') = (decided_at IS NULL)", name="ck_settlements_decided"),
        CheckConstraint("(state = 'rejected') = (reason IS NOT NULL)", name="ck_settlements_reason"),
        Index("ix_settlements_provider", "provider_id", "created_at"),
        Index("ix_settlements_dealer", "dealer_id", "created_at"),
        # One remittance pays once: a voucher serves again only after its settlement was rejected.
        Index(
            "uq_settlements_voucher",
            "voucher_id",
            unique=True,
            sqlite_where=text("state <> 'rejected'"),
            postgresql_where=text("state <> 'rejected'"),
        ),
        frozen(
            "provider_id",
            "dealer_id",
            "method",
            "amount_fen",
            "payer_account_name",
            "payer_account_number",
            "payer_bank",
            "receiving_account",
            "voucher_id",
            "submitted_by",
            "source_kind",
            "source_id",
        ),
    )

    provider_id: Mapped[uuid.UUID]
    dealer_id: Mapped[uuid.UUID]
    method: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    amount_fen: Mapped[Fen]
    payer_account_name: Mapped[str] = mapped_column(String(200))
    payer_account_number: Mapped[str] = mapped_column(String(64))
    payer_bank: Mapped[str] = mapped_column(String(200))
    receiving_account: Mapped[Any] = mapped_column(JSONDocument)
    voucher_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vouchers.id"))
    note: Mapped[str | None] = mapped_column(String(500))
    submitted_by: Mapped[uuid.UUID]
    submitted_by_name: Mapped[str] = mapped_column(String(100))
    decided_by: Mapped[uuid.UUID | None]
    decided_by_name: Mapped[str | None] = mapped_column(String(100))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(500))
    source_kind: Mapped[str] = mapped_column(String(8))
    source_id: Mapped[str] = mapped_column(String(64))
    decision_source_id: Mapped[str | None] = mapped_column(String(64))

    parts: Mapped[list[SettlementOrder]] = relationship(
        order_by="SettlementOrder.position", lazy="selectin", back_populates="settlement"
    )
    voucher: Mapped[Voucher] = relationship(lazy="selectin")


class SettlementOrder(Model):
    """One order within a settlement. `active` until the settlement is rejected: an order has at most one."""

    __tablename__ = "settlement_orders"
    __table_args__ = (
        Index(
            "uq_settlement_orders_active",
            "order_id",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
        frozen("settlement_id", "order_id", "position", "amount_fen"),
    )

    settlement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("settlements.id"), primary_key=True)
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True, index=True)
    position: Mapped[int]
    amount_fen: Mapped[Fen]
    active: Mapped[bool]

    settlement: Mapped[Settlement] = relationship(back_populates="parts", lazy="select")
    order: Mapped[Order] = relationship(lazy="selectin")
