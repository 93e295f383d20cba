"""What nobody handed in is handed in once its deadline has passed (E4)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.actions.hand_in import finish
from exam.models import Attempt

BATCH = 200


def hand_in_overdue(session: Session, *, now: datetime) -> int:
    """Hand in up to BATCH attempts that ran out, and say how many.

    What somebody else is just handling is left to them.
    """
    found = (
        sa.select(Attempt)
        .where(Attempt.handed_in_at.is_(None), Attempt.deadline <= now)
        .order_by(Attempt.deadline)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    attempts = session.scalars(found).all()
    for attempt in attempts:
        finish(session, attempt, ended_by="deadline", now=now)
    return len(attempts)
