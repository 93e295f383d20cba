"""Marked files go when their links have ended: they have document numbers in them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from chassis.config import Settings
from chassis.jobs import Periodic
from files import Store, store_from_settings
from sqlalchemy.orm import Session

from classroom.roster.actions.marked_files import remove_expired


@lru_cache(maxsize=1)
def _store() -> Store:
    return store_from_settings(Settings.from_env("classroom"))


def clean_up(session: Session, now: datetime) -> None:
    """Remove every marked file that nobody can reach any more."""
    remove_expired(session, store=_store(), now=now)


CLEAN_UP = Periodic("roster.clean_up", 600, clean_up)
