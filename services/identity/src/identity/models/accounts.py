"""Accounts and what they are granted."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from chassis.db import HasId, HasTimes, Versioned
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from identity.models.base import Model
from identity.rules.roles import DEALER_ROLES, LEARNER, PLATFORM_ROLES, PROVIDER_ROLES


def _one_claim(name: str, *columns: str, where: str) -> Index:
    condition = sa.text(where)
    return Index(name, *columns, unique=True, sqlite_where=condition, postgresql_where=condition)


_CLAIMED = "mobile_verified_at IS NULL"


def _among(roles: tuple[str, ...]) -> str:
    return "role IN (" + ", ".join(f"'{role}'" for role in roles) + ")"


class Account(HasId, HasTimes, Versioned, Model):
    """One person. The only place in the suite that knows a mobile number.

    A number is somebody's once it has answered a code (`mobile_verified_at`); until then it is only claimed, and each
    provider, dealer and the platform may claim it once, whatever others have claimed.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("login", name="uq_accounts_login"),
        _one_claim("uq_accounts_mobile", "mobile", where="mobile_verified_at IS NOT NULL"),
        _one_claim("uq_accounts_mobile_provider", "mobile", "provider_id", where=_CLAIMED),
        _one_claim("uq_accounts_mobile_dealer", "mobile", "dealer_id", where=_CLAIMED),
        _one_claim(
            "uq_accounts_mobile_platform",
            "mobile",
            where=f"{_CLAIMED} AND provider_id IS NULL AND dealer_id IS NULL",
        ),
        Index("ix_accounts_mobile", "mobile"),
        # What a grant's foreign keys point to: a grant can only be in the account's own provider or dealer.
        UniqueConstraint("id", "provider_id", name="uq_accounts_id_provider"),
        UniqueConstraint("id", "dealer_id", name="uq_accounts_id_dealer"),
        CheckConstraint("login IS NOT NULL OR mobile IS NOT NULL", name="ck_accounts_known_by"),
        CheckConstraint("mobile IS NULL OR length(mobile) = 11", name="ck_accounts_mobile"),
        CheckConstraint(
            "mobile IS NOT NULL OR mobile_verified_at IS NULL", name="ck_accounts_mobile_verified"
        ),
    )

    login: Mapped[str | None] = mapped_column(String(32))
    mobile: Mapped[str | None] = mapped_column(String(11))
    mobile_verified_at: Mapped[datetime | None]
    name: Mapped[str] = mapped_column(String(50))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    access_epoch: Mapped[int] = mapped_column(sa.BigInteger, default=0, server_default="0")
    """Raised to end the access tokens of before."""
    active: Mapped[bool] = mapped_column(default=True)
    provider_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("providers.id"), index=True)
    dealer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dealers.id"), index=True)

    grants: Mapped[list[Grant]] = relationship(
        lazy="selectin", viewonly=True, order_by="Grant.role", foreign_keys="Grant.account_id"
    )

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that are granted, whether their provider or dealer is switched on or not."""
        return tuple(grant.role for grant in self.grants)


class Grant(Model):
    """One role of one account, with the provider or dealer that it is held in."""

    __tablename__ = "grants"
    __table_args__ = (
        ForeignKeyConstraint(
            ["account_id", "provider_id"],
            ["accounts.id", "accounts.provider_id"],
            name="fk_grants_own_provider",
        ),
        ForeignKeyConstraint(
            ["account_id", "dealer_id"], ["accounts.id", "accounts.dealer_id"], name="fk_grants_own_dealer"
        ),
        CheckConstraint(
            f"({_among(PROVIDER_ROLES)} AND provider_id IS NOT NULL AND dealer_id IS NULL)"
            f" OR ({_among(DEALER_ROLES)} AND dealer_id IS NOT NULL AND provider_id IS NULL)"
            f" OR ({_among((*PLATFORM_ROLES, LEARNER))} AND provider_id IS NULL AND dealer_id IS NULL)",
            name="ck_grants_scope",
        ),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    provider_id: Mapped[uuid.UUID | None]
    dealer_id: Mapped[uuid.UUID | None]
