"""The programs of a dealer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.models import DealerClient


def clients_of(session: Session, dealer_id: uuid.UUID) -> Sequence[DealerClient]:
    """All programs of the dealer, in the order in which they were made, revoked ones too."""
    own = sa.select(DealerClient).where(DealerClient.dealer_id == dealer_id).order_by(DealerClient.id)
    return session.scalars(own).all()
