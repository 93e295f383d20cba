"""Price agreements (B1) and the figures frozen at a class's opening."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from chassis.db import HasId, JSONDocument
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from billing.models.base import Fen, Model, frozen

OTHER_PRICES = ("live_minute_fen", "self_built_courses_fen", "self_built_portal_fen", "popup_paper_fen")


class PriceAgreement(HasId, Model):
    """B1: what a provider pays, as its dealer's account manager wrote it. Never changed: a new one supersedes."""

    __tablename__ = "price_agreements"
    __table_args__ = (
        UniqueConstraint("provider_id", "number", name="uq_price_agreements_number"),
        CheckConstraint("per_head_fee_fen >= 0", name="ck_price_agreements_fee"),
        *(CheckConstraint(f"{price} >= 0", name=f"ck_price_agreements_{price}") for price in OTHER_PRICES),
        CheckConstraint("term_days BETWEEN 0 AND 365", name="ck_price_agreements_term"),
        frozen(),
    )

    provider_id: Mapped[uuid.UUID]
    number: Mapped[int]
    dealer_id: Mapped[uuid.UUID] = mapped_column(index=True)
    per_head_fee_fen: Mapped[Fen]
    live_minute_fen: Mapped[Fen | None]
    """Per minute of a live lesson watched; None: not agreed, so not to be bought."""
    self_built_courses_fen: Mapped[Fen | None]
    """Per year, as the two that follow."""
    self_built_portal_fen: Mapped[Fen | None]
    popup_paper_fen: Mapped[Fen | None]
    term_days: Mapped[int]
    valid_from: Mapped[date]
    written_by: Mapped[uuid.UUID]
    written_by_name: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]
    source_kind: Mapped[str] = mapped_column(String(8))
    source_id: Mapped[str] = mapped_column(String(64))


class ClassOpening(Model):
    """The figures of a class at its opening. They are what was reviewed (K14), so the price is frozen here (B1)."""

    __tablename__ = "class_openings"
    __table_args__ = (
        CheckConstraint("per_head_fee_fen >= 0", name="ck_class_openings_fee"),
        CheckConstraint("planned_headcount >= 0", name="ck_class_openings_headcount"),
        frozen(),
    )

    class_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    application_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID] = mapped_column(index=True)
    dealer_id: Mapped[uuid.UUID] = mapped_column(index=True)
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("price_agreements.id"))
    per_head_fee_fen: Mapped[Fen]
    term_days: Mapped[int]
    waived: Mapped[bool]
    planned_headcount: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(40))
    start_day: Mapped[date]
    end_day: Mapped[date]
    region: Mapped[Any] = mapped_column(JSONDocument, nullable=True)
    review_log: Mapped[Any] = mapped_column(JSONDocument)
    opened_at: Mapped[datetime]
    source_kind: Mapped[str] = mapped_column(String(8))
    source_id: Mapped[str] = mapped_column(String(64))
