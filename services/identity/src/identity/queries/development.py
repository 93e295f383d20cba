"""What the embedded SMS sender wrote down."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.models import DevelopmentMessage

SHOWN = 50


def newest_messages(session: Session) -> Sequence[DevelopmentMessage]:
    """The last messages that were not sent, the newest first."""
    newest = sa.select(DevelopmentMessage).order_by(
        DevelopmentMessage.sent_at.desc(), DevelopmentMessage.id.desc()
    )
    return session.scalars(newest.limit(SHOWN)).all()
