"""C10: an upload that nobody went on with for a day is given up."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from files import Store
from sqlalchemy.orm import Session

from catalog.actions.judge_upload import drop_parts
from catalog.models import Upload


def drop_stale_uploads(session: Session, *, store: Store, now: datetime) -> int:
    """Forget unfinished uploads whose time is over, with their bytes. Returns how many."""
    stale = sa.select(Upload).where(Upload.expires_at < now, Upload.media_id.is_(None))
    found = session.scalars(stale.limit(200).with_for_update(skip_locked=True)).all()
    for upload in found:
        drop_parts(session, upload, store=store)
        session.delete(upload)
    session.flush()
    return len(found)
