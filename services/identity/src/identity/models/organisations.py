"""Dealers, the providers they serve, and the serial numbers of both."""

from __future__ import annotations

import uuid

from chassis.db import HasId, HasTimes, Versioned
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from identity.models.base import Model


class Dealer(HasId, HasTimes, Versioned, Model):
    """经销商: gets settlements on its bank account; its account managers do the first reviews."""

    __tablename__ = "dealers"
    __table_args__ = (
        UniqueConstraint("code", name="uq_dealers_code"),
        UniqueConstraint("name", name="uq_dealers_name"),
    )

    code: Mapped[str] = mapped_column(String(5))
    name: Mapped[str] = mapped_column(String(100))
    bank_account_name: Mapped[str] = mapped_column(String(100))
    bank_name: Mapped[str] = mapped_column(String(100))
    bank_account_number: Mapped[str] = mapped_column(String(32))
    contact_name: Mapped[str] = mapped_column(String(50))
    contact_phone: Mapped[str] = mapped_column(String(30))
    active: Mapped[bool] = mapped_column(default=True)


class Provider(HasId, HasTimes, Versioned, Model):
    """培训单位: its six-digit code ends every order number (B4); its registered name is the payer's (B7)."""

    __tablename__ = "providers"
    __table_args__ = (
        UniqueConstraint("code", name="uq_providers_code"),
        UniqueConstraint("name", name="uq_providers_name"),
        CheckConstraint("length(code) = 6", name="ck_providers_code"),
    )

    code: Mapped[str] = mapped_column(String(6))
    name: Mapped[str] = mapped_column(String(100))
    account_name: Mapped[str] = mapped_column(String(100))
    dealer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dealers.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)

    dealer: Mapped[Dealer] = relationship(lazy="raise")


class CodeSerial(Model):
    """The last number given out of a series; raised under its row lock, so that no code comes twice."""

    __tablename__ = "code_serials"

    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int]
