"""C10: once an hour, give up uploads that nobody went on with for a day."""

from __future__ import annotations

from datetime import datetime

from chassis.config import Settings
from chassis.jobs import Periodic
from files import store_from_settings
from sqlalchemy.orm import Session

from catalog.actions.drop_stale_uploads import drop_stale_uploads as drop


def drop_stale_uploads(session: Session, now: datetime) -> None:
    """Runs in the worker, whose environment names the store."""
    drop(session, store=store_from_settings(Settings.from_env("catalog")), now=now)


DROP_STALE_UPLOADS = Periodic("catalog.drop_stale_uploads", 3600, drop_stale_uploads, purges=True)
