"""Programs of dealers that sign in by client credentials."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import HasId
from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from identity.models.base import Model


class DealerClient(HasId, Model):
    """Its id is the client id; the secret is shown once and kept as a hash."""

    __tablename__ = "dealer_clients"

    dealer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dealers.id"), index=True)
    name: Mapped[str] = mapped_column(String(50))
    secret_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    access_epoch: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """Raised to end the access tokens of before."""
