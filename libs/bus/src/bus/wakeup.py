"""Telling the relay, after the commit, that something was announced.

Never inside the business transaction: a NOTIFY there serialises all commits of the database. The notice may
be lost; the relay also looks by itself every second.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bus.doorbell import ring

CHANNEL = "kaike_outbox"
_NOTIFY = f"BEGIN; SET LOCAL synchronous_commit TO off; NOTIFY {CHANNEL}; COMMIT"

log = structlog.get_logger("bus.wakeup")


class Wake(Protocol):
    """A hook for `chassis.db.after_commit`; two of one database are equal, so that it rings once."""

    def __call__(self) -> None:
        """Wake the relay."""


@dataclass(frozen=True)
class PostgresWake:
    """A notice in a transaction of its own that waits for no disk."""

    engine: Engine

    def __call__(self) -> None:
        """Wake the relay; the business is already committed, so a failure here is only said."""
        try:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql(_NOTIFY)
        except SQLAlchemyError as error:
            log.warning("wakeup.failed", error=type(error).__name__)


@dataclass(frozen=True)
class SqliteWake:
    """A datagram to the relay of this database file."""

    name: str

    def __call__(self) -> None:
        """Wake the relay; the business is already committed, so a failure here is only said."""
        try:
            ring(self.name)
        except OSError as error:
            log.warning("wakeup.failed", error=type(error).__name__)


def relay_of(session: Session) -> Wake:
    """The hook that wakes the relay of the database behind this session."""
    engine = session.get_bind().engine
    if engine.dialect.name == "postgresql":
        return PostgresWake(engine)
    return SqliteWake(bell_of(engine))


def bell_of(engine: Engine) -> str:
    """The name under which the relay of a SQLite database waits."""
    path = engine.url.database
    return f"relay:{Path(path).resolve() if path else id(engine)}"
