"""How long a process waits for PostgreSQL, by what the process is for.

The server ends what takes too long, as long as it runs. One that stands still, or is gone without a word, ends nothing:
its system goes on to acknowledge what is sent, so only whoever waits can stop waiting.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import psycopg
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds."""

    statement: int
    """For one statement, by the server."""
    lock: int
    """For a lock, by the server: less than for a statement, so that it says which of the two it was."""
    idle: int
    """Between two statements of a transaction, by the server: whoever holds locks and does nothing is ended."""
    answer: float
    """For an answer, by us: more than for a statement, so that a server which runs can say why."""

    def options(self) -> str:
        """What the server is told at the start of a session."""
        limits = {
            "lock_timeout": self.lock,
            "statement_timeout": self.statement,
            "idle_in_transaction_session_timeout": self.idle,
        }
        return " ".join(["-c timezone=utc", *(f"-c {name}={value}s" for name, value in limits.items())])


REQUEST = Patience(statement=15, lock=10, idle=60, answer=20.0)
"""Somebody waits for the answer."""
WORK = Patience(statement=90, lock=15, idle=300, answer=100.0)
"""Consumers, jobs and commands: shorter than what makes a worker's loop look hung. Migrations have no limits."""

CONNECTING: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
}
"""libpq's own: a server that can't be reached, or whose machine is gone, is noticed within half a minute."""


class PatientConnection(psycopg.Connection[Any]):
    """Waits for an answer only so long; after that nobody knows where the session stands, and it is over."""

    patience: float | None = None

    def wait(self, gen: Generator[Any, Any, T], interval: float = 0.1, timeout: float | None = None) -> T:
        """See psycopg. Raises psycopg.OperationalError, without an SQLSTATE, when the time is over."""
        try:
            return super().wait(gen, interval=interval, timeout=timeout or self.patience)
        except psycopg.errors._WaitTimeout as error:
            if timeout is not None:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer within {self.patience:.0f} s") from error


def connect_patiently(engine: Engine, patience: Patience) -> None:
    """Have all connections of this engine wait no longer than that."""

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, options: Any) -> PatientConnection:
        connection = PatientConnection.connect(*arguments, **options)
        connection.patience = patience.answer
        return connection


def wait_for_ever(connection: sa.Connection) -> None:
    """For this connection, until it is closed: a migration may take as long as it takes."""
    cast("PatientConnection", connection.connection.driver_connection).patience = None
