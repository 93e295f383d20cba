"""For the tests of services that sweep their files, or give out workbooks."""

from __future__ import annotations

import io
import os
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from chassis.jobs import Periodic
from chassis.text import unreadable_in
from openpyxl import load_workbook
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


def texts_of_workbook(data: bytes) -> list[str]:
    """All texts of a workbook that leaves the suite. Fails where a cell is a formula or an error value, by the type
    that Excel goes by, and where a text has what no text may have."""
    texts = []
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert cell.data_type in {"s", "n", "d", "b"}, f"{sheet.title}!{cell.coordinate}: {cell.value!r}"
            texts.append(str(cell.value))
            assert unreadable_in(texts[-1], lines=True) is None, f"{sheet.title}!{cell.coordinate}"
    return texts
