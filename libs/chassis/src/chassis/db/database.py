"""One Flask-SQLAlchemy extension per service, set up for PostgreSQL (psycopg 3) and SQLite (WAL)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.orm import DeclarativeBase, Session, registry, sessionmaker

from chassis.db.columns import UtcDateTime
from chassis.db.commit import is_autocommit, is_reading
from chassis.db.idle import look_before_use
from chassis.db.patience import CONNECTING, WORK, Patience, connect_patiently

# Checks have no pattern here: SQLAlchemy would put it around names that are already written out.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Database(SQLAlchemy):
    """`db = Database()` in a service's models/base.py; `db.Model` is the base of its tables."""

    def __init__(self) -> None:
        """Each service has metadata of its own: nothing is shared but the conventions."""

        class Base(DeclarativeBase):
            registry = registry(
                metadata=sa.MetaData(naming_convention=NAMING),
                type_annotation_map={datetime: UtcDateTime, uuid.UUID: sa.Uuid()},
            )

        from chassis.tables import attach_tables  # the tables are made of this package's column types

        attach_tables(Base.metadata)
        super().__init__(
            model_class=Base,
            session_options={"autoflush": False, "info": {"metadata": Base.metadata}},
            disable_autonaming=True,
        )


POOL = 16
"""Connections that a process keeps: as many as a web process has threads. With fewer, the rest are opened and closed
under load, each for longer than a request takes."""


def engine_options(url: str, *, pool_size: int = POOL, patience: Patience = WORK) -> dict[str, Any]:
    """What to hand to SQLAlchemy for this address."""
    # The parameters of a failed statement are people's names and numbers: no error tells them.
    common = {"hide_parameters": True}
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        # A database in memory has one connection and no pool.
        pool = {"pool_size": pool_size, "max_overflow": 40} if place.database else {}
        return {**common, **pool, "connect_args": {"timeout": 20, "check_same_thread": False}}
    return {
        **common,
        "pool_size": pool_size,
        "max_overflow": 20,
        "pool_timeout": 5,
        "pool_recycle": 1800,
        "connect_args": {**CONNECTING, "options": patience.options()},
    }


def prepare_engine(engine: Engine, *, patience: Patience = WORK) -> Engine:
    """Give a SQLite engine its pragmas and real transactions; look at PostgreSQL's connections before use, wait for
    their answers only so long, and let single statements commit themselves."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        connect_patiently(engine, patience)
        look_before_use(engine)
        event.listen(engine, "begin", _postgres_begin)
    return engine


def make_engine(url: str, *, patience: Patience = WORK, **overrides: Any) -> Engine:
    """An engine outside Flask: the relay, consumers, migrations and commands use it."""
    options = {**engine_options(url, patience=patience), **overrides}
    return prepare_engine(sa.create_engine(url, **options), patience=patience)


def make_sessions(db: Database, engine: Engine) -> sessionmaker[Session]:
    """Sessions outside Flask, alike to those of requests."""
    return sessionmaker(engine, autoflush=False, info={"metadata": db.metadata})


def _sqlite_connect(dbapi_connection: Any, _record: Any) -> None:
    dbapi_connection.isolation_level = None  # the driver must not begin on its own: see _sqlite_begin
    cursor = dbapi_connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    # A deferred transaction that later writes loses to another writer with "database is locked" at once,
    # or overwrites what it read. Whoever may write takes the write lock first.
    connection.exec_driver_sql("BEGIN" if is_reading() else "BEGIN IMMEDIATE")


def _postgres_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level"):
        return  # somebody has said how this connection is to behave
    wanted, driver = is_autocommit(), connection.connection.dbapi_connection
    assert driver is not None
    if driver.autocommit is not wanted:
        driver.autocommit = wanted
