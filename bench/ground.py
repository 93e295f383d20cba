"""The ground that everything stands on: a private PostgreSQL with its own settings of durability, and a folder."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from chassis.config import with_driver
from chassis.db import Database, make_engine, make_sessions, transaction
from chassis.db.migrate import migrate
from chassis.service import load
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session
from suite.backends import LocalPostgres, LocalRabbit
from suite.databases import create_if_missing


@dataclass(kw_only=True)
class Ground:
    """Hands out databases; all of them are on one server, for the work and for its floor."""

    postgres: LocalPostgres
    folder: Path
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _engines: dict[str, Engine] = field(default_factory=dict)

    def url(self, name: str) -> str:
        """The address of the database with this name, which may not be there yet."""
        address = make_url(self.postgres.url).set(database=f"bench_{name}")
        return with_driver(address.render_as_string(hide_password=False))

    def engine(self, name: str) -> Engine:
        """A pool to the database, with the settings that the services' pools have; made when it is missing."""
        if name not in self._engines:
            create_if_missing(self.url(name))
            self._engines[name] = make_engine(self.url(name))
        return self._engines[name]

    def renew(self, service: str) -> None:
        """The database of a service, empty and at its newest form, whatever was in it before."""
        before = self._engines.pop(service, None)
        if before is not None:
            before.dispose()
        self.execute("floors", f"DROP DATABASE IF EXISTS bench_{service} WITH (FORCE)")
        self.engine(service)
        migrate(service, self.url(service), self.database(service))

    def database(self, service: str) -> Database:
        """The tables of a service."""
        return load(service).db

    @contextmanager
    def session(self, service: str) -> Iterator[Session]:
        """A session of a service's database; committed at the end of the block."""
        with make_sessions(self.database(service), self.engine(service))() as session, transaction(session):
            yield session

    def execute(self, name: str, *statements: str) -> None:
        """Statements that no service has, each by itself: emptying, vacuuming, settings."""
        with self.engine(name).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def scalar(self, name: str, statement: str, **values: Any) -> Any:
        """One value from a database."""
        with self.engine(name).connect() as connection:
            return connection.scalar(sa.text(statement), values)

    def close(self) -> None:
        """End the pools and the server."""
        for engine in self._engines.values():
            engine.dispose()
        self.postgres.close()


@contextmanager
def ground() -> Iterator[Ground]:
    """A fresh ground, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kaike-bench-"))
    made = Ground(postgres=LocalPostgres(durable=True), folder=folder)
    try:
        yield made
    finally:
        made.close()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def broker() -> Iterator[LocalRabbit]:
    """A RabbitMQ node of its own, with empty queues; its quorum queues sync as they always do."""
    node = LocalRabbit()
    try:
        yield node
    finally:
        node.close()
