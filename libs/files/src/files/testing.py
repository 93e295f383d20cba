"""For the tests of services that sweep their files."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from chassis.jobs import Periodic
from sqlalchemy.orm import Session

from files.folder import FolderStore
from files.sweeping import GRACE, SECONDS, SHELVES, Sweeper


def sweeper_of(periodic: Collection[Periodic]) -> Sweeper:
    """The one sweeper among a service's periodic work."""
    (found,) = (work.run for work in periodic if isinstance(work.run, Sweeper))
    return found


def sweep_everything(
    sweeper: Sweeper, session: Session, *, folder: Path, young: Collection[str] = (), now: datetime
) -> set[str]:
    """Let each shelf have its turn when everything in the store's folder but `young` is older than a day. Returns the
    keys that are left.
    """
    store = FolderStore(folder)
    for key in keys_in(folder):
        written = now + timedelta(days=2) if key in young else now - GRACE - timedelta(minutes=1)
        os.utime(folder / key, times=(written.timestamp(), written.timestamp()))
    for turn in range(SHELVES):
        sweeper.sweep(session, store=store, now=now + timedelta(seconds=SECONDS * turn))
    return keys_in(folder)


def keys_in(folder: Path) -> set[str]:
    """The keys of all objects in a store's folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
