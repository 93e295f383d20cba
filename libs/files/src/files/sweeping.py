"""What a crash between an object and its row leaves behind goes after a day: objects that no row knows, half-written
ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from chassis.config import SettingMissing, Settings
from chassis.db import after_commit, aside
from chassis.jobs import Periodic
from sqlalchemy.orm import Session

from files.settings import store_from_settings
from files.store import Store

GRACE = timedelta(hours=24)
"""Longer by far than any request or job has an object without its row, and than clocks differ."""
SECONDS, SHELVES = 300, 256
"""A round over all shelves takes 21 h 20 min. Not a day: a nightly stop would keep the same shelves unseen for ever."""
AT_ONCE = 500
FEW = 10
"""So many objects say nothing about the database."""
MODES = ("", "off", "all")

Owners = Mapping[str, Sequence[Any]]
"""Prefix → every column that may hold a key below it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, eq=False)
class Sweeper:
    """Sweeps one shelf of each prefix of a service at a time. Keeps no state: the shelf follows from the time."""

    service: str
    lasting: Owners = field(default_factory=dict)
    """What stays. A database that does not know most of it is the wrong one, and nothing is deleted."""
    passing: Owners = field(default_factory=dict)
    """What is gone within a day where nothing went wrong: that it is old and unknown is no wonder."""

    def __call__(self, session: Session, now: datetime) -> None:
        """For the worker, whose environment names the store. Listing may take long, so it waits until the transaction
        of the lease, and with it SQLite's write lock, is over. What is lost there comes round tomorrow.
        """
        after_commit(session, lambda: self._sweep_as_told(session, now))

    def _sweep_as_told(self, session: Session, now: datetime) -> None:
        settings = Settings.from_env(self.service)
        mode = settings.environ.get("KAIKE_SWEEP", "")
        if mode not in MODES:
            raise SettingMissing(f"KAIKE_SWEEP must be off, all or left out, not {mode!r}")
        if mode != "off":
            self.sweep(session, store=store_from_settings(settings), now=now, believing=mode == "all")

    def sweep(self, session: Session, *, store: Store, now: datetime, believing: bool = False) -> None:
        """Delete what is older than a day and unknown on the present shelf, once in a round what is half-written.

        `session` only says where the database is. With `believing` the database is right whatever it does not know.
        Two at once do no harm.
        """
        shelf, before = shelf_at(now), now - GRACE
        for prefix, columns in {**self.lasting, **self.passing}.items():
            unknown = _unknown(session, store.old_keys(prefix, shelf, before=before), columns)
            if not unknown:
                continue
            if prefix in self.lasting and not believing:
                seen, strange = self._figures(session, prefix, store=store, shelf=shelf, before=before)
                if seen > FEW and strange * 2 > seen:
                    about = {"service": self.service, "prefix": prefix, "shelf": shelf}
                    log.error("files_sweep_refused", **about, looked_at=seen, unknown=strange)
                    continue
            for key in unknown:
                store.delete(key)
            log.info("files_swept", service=self.service, prefix=prefix, shelf=shelf, count=len(unknown))
        if shelf == "00" and (dropped := store.drop_half_written(before=before)):
            log.info("files_half_written_dropped", service=self.service, count=dropped)

    def _figures(
        self, session: Session, prefix: str, *, store: Store, shelf: str, before: datetime
    ) -> tuple[int, int]:
        """How many old objects were looked at, and how many of them no row knows: from this shelf on, and in a small
        store on as many of the next ones as it takes. It is asked seldom: only when there is something to delete.
        """
        seen = strange = 0
        first = int(shelf, 16)
        for place in range(first, first + SHELVES):
            keys = store.old_keys(prefix, f"{place % SHELVES:02x}", before=before)
            seen += len(keys)
            strange += len(_unknown(session, keys, self.lasting[prefix]))
            if seen > FEW:
                break
        return seen, strange


def sweeper(*, service: str, lasting: Owners | None = None, passing: Owners | None = None) -> Periodic:
    """The periodic work of a service that has these prefixes and columns. See `Sweeper`."""
    run = Sweeper(service=service, lasting=lasting or {}, passing=passing or {})
    return Periodic("files.sweep", SECONDS, run, purges=True)


def shelf_at(now: datetime) -> str:
    """The shelf whose turn it is."""
    return f"{int(now.timestamp()) // SECONDS % SHELVES:02x}"


def _unknown(session: Session, keys: Sequence[str], columns: Sequence[Any]) -> list[str]:
    """Those of the keys that stand in none of the columns, in their order."""
    if not keys:
        return []
    known: set[str] = set()
    with aside(session) as own:
        for start in range(0, len(keys), AT_ONCE):
            batch = keys[start : start + AT_ONCE]
            known.update(own.scalars(sa.union(*(sa.select(each).where(each.in_(batch)) for each in columns))))
    return [key for key in keys if key not in known]
