"""Photos that served for nothing are dropped: no face is kept without a reason (X6)."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from files import Store
from sqlalchemy.orm import Session

from supervision.check_in.models import CheckIn
from supervision.photos.models import Photo

UNUSED_FOR = timedelta(hours=1)
"""Longer by far than a receipt is good for, so that none can come any more."""
AT_ONCE = 500


def drop_unused(session: Session, *, store: Store, now: datetime) -> int:
    """Drop up to 500 photos that have served for nothing within an hour. Returns how many.

    Those that have served are marked, so that nobody looks at them again. Files go before their rows: when the
    transaction fails, the next round finds the rows and drops them again.
    """
    old = (Photo.served.is_(False), Photo.taken_in_at < now - UNUSED_FOR)
    checked_in = sa.exists().where(CheckIn.photo_key == Photo.key)
    session.execute(
        sa.update(Photo).where(*old, checked_in).values(served=True),
        execution_options={"synchronize_session": False},
    )
    unused = sa.select(Photo.id).where(*old).order_by(Photo.taken_in_at).limit(AT_ONCE)
    keys = session.scalars(
        sa.delete(Photo).where(Photo.id.in_(unused)).returning(Photo.key),
        execution_options={"synchronize_session": False},
    ).all()
    for key in keys:
        store.delete(key)
    return len(keys)
