"""Every ten minutes photos that served for nothing are dropped (X6)."""

from datetime import datetime

from chassis.config import Settings
from chassis.jobs import Periodic
from files import store_from_settings
from sqlalchemy.orm import Session

from supervision.photos.actions import drop_unused


def run(session: Session, now: datetime) -> None:
    """Drop what has not served within an hour."""
    store = store_from_settings(Settings.from_env("supervision"))
    drop_unused.drop_unused(session, store=store, now=now)


DROP_UNUSED = Periodic("photos.drop_unused", 600, run, purges=True)
