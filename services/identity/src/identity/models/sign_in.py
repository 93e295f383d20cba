"""Sign-ins with their refresh tokens, SMS codes, wrong tries, and the messages of the development sender."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from chassis.db import HasId
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from identity.models.base import Model


class SignIn(HasId, Model):
    """One signed-in browser or program; its id is the `sid` of every access token that it gets."""

    __tablename__ = "sign_ins"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ck_sign_ins_end"),)

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    began_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None] = mapped_column(String(20))
    by_code: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Opened by an SMS code: good for the learner's role alone."""
    device: Mapped[str] = mapped_column(String(200))
    device_hash: Mapped[str | None] = mapped_column(String(64))
    """Of the secret that the browser got at sign-in, without which its refresh tokens are worth nothing; programs and
    sessions of before have none."""


class RefreshToken(HasId, Model):
    """Only the hash is kept; a token is used once and then remembered, so that its return is noticed.

    Each has at most one successor: however often a lost answer is asked for again, a session has one chain of tokens.
    """

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_refresh_tokens_token_hash"),
        UniqueConstraint("previous_id", name="uq_refresh_tokens_previous"),
    )

    sign_in_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sign_ins.id", ondelete="CASCADE"), index=True)
    previous_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("refresh_tokens.id", ondelete="SET NULL")
    )
    token_hash: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SmsCode(HasId, Model):
    """A code that was sent, as a keyed hash."""

    __tablename__ = "sms_codes"
    __table_args__ = (Index("ix_sms_codes_mobile_sent_at", "mobile", "sent_at"),)

    mobile: Mapped[str] = mapped_column(String(11))
    code_hash: Mapped[str] = mapped_column(String(64))
    address_key: Mapped[str] = mapped_column(String(64), index=True)
    sent_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    wrong_tries: Mapped[int] = mapped_column(default=0)


class WrongTries(Model):
    """How often somebody was wrong lately; `key` is a keyed hash of an account id, typed name or address."""

    __tablename__ = "wrong_tries"

    subject: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    window_began: Mapped[datetime] = mapped_column(index=True)
    locked_until: Mapped[datetime | None]


class DevelopmentMessage(HasId, Model):
    """What the embedded sender would have sent; written in development and tests only."""

    __tablename__ = "development_messages"

    mobile: Mapped[str] = mapped_column(String(11))
    text: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(10))
    sent_at: Mapped[datetime] = mapped_column(index=True)
