"""Alembic, the same for every service: one database, one folder of revisions, one lock."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from chassis.db.commit import reading
from chassis.db.database import Database, make_engine
from chassis.db.patience import wait_for_ever

LOCK = 7_203_411  # any fixed number: two migrating processes of one database must not run at once


class WrongHead(RuntimeError):
    """The database is not at the revision that this code was written for."""


def migrations_folder(service: str) -> Path:
    """The folder with a service's revisions."""
    module = importlib.import_module(service)
    assert module.__file__ is not None
    return Path(module.__file__).parent / "migrations"


def migrate(service: str, url: str, db: Database) -> str:
    """Bring the database at `url` to the head and return the revision. Safe to run twice and at once."""
    engine = make_engine(url)
    if engine.url.get_backend_name() == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    config = alembic_config(service)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                _wait_for_turn(connection)
            config.attributes.update({"connection": connection, "metadata": db.metadata})
            command.upgrade(config, "head")
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
                connection.commit()
        return require_head(service, url)
    finally:
        engine.dispose()


def _wait_for_turn(connection: sa.Connection) -> None:
    """Hold the lock of migrations for this connection. The limits of requests are not for it: another migration, an
    index or a rewritten table may take many minutes. Only the wait for a table's lock stays short, since
    everybody else's statements on that table queue up behind it."""
    for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(sa.text(f"SET {limit} = 0"))
    wait_for_ever(connection)
    connection.execute(sa.text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
    connection.execute(sa.text("SET lock_timeout = '15s'"))
    connection.commit()


def require_head(service: str, url: str) -> str:
    """The revision of the database; raises WrongHead unless it is the one this code wants."""
    wanted = ScriptDirectory.from_config(alembic_config(service)).get_current_head()
    engine = make_engine(url)
    try:
        with reading(), engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    if found != wanted or found is None:
        raise WrongHead(
            f"{service}: the database is at {found}, this code needs {wanted}: run 'kaike migrate'"
        )
    return found


def differences(service: str, url: str, db: Database) -> list[Any]:
    """What the models say and the migrated database does not, as Alembic sees it. Empty when they agree."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            return list(compare_metadata(context, db.metadata))
    finally:
        engine.dispose()


def revision(service: str, url: str, db: Database, message: str) -> None:
    """Write a new revision from what the models say and the database at `url` does not (for developers)."""
    engine = make_engine(url)
    config = alembic_config(service)
    with engine.connect() as connection:
        config.attributes.update({"connection": connection, "metadata": db.metadata})
        command.revision(config, message, autogenerate=True)
    engine.dispose()


def alembic_config(service: str) -> Config:
    """Alembic's settings for a service: the shared env.py and template here, the service's own versions."""
    config = Config()
    here = Path(__file__).parent / "alembic"
    config.set_main_option("script_location", str(here))
    config.set_main_option("version_locations", str(migrations_folder(service)))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
