"""Migrated databases for tests: one template per service and kind, copied where a test commits for real."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from chassis.db.migrate import migrate
from chassis.ids import new_id
from chassis.service import Service


class Databases:
    """Hands out addresses. `postgres` is a superuser's address of a running server."""

    def __init__(self, folder: Path, postgres: str) -> None:
        """`folder` holds the SQLite files."""
        self._folder = folder
        self._postgres = postgres
        self._templates: dict[tuple[str, str], str] = {}
        self._run = f"{os.getpid()}_{new_id().hex[-6:]}"

    def template(self, service: Service, backend: str) -> str:
        """The address of a migrated, empty database; made at the first call."""
        place = (service.name, backend)
        if place not in self._templates:
            url = self._fresh(f"{service.name}_template", backend)
            migrate(service.name, url, service.db)
            self._templates[place] = url
        return self._templates[place]

    def shared(self, service: Service, backend: str) -> str:
        """The database of all tests that roll back. Apart from the template, which must have no connections."""
        place = (f"{service.name}_shared", backend)
        if place not in self._templates:
            self._templates[place] = self._copy(service, backend, f"{service.name}_shared")
        return self._templates[place]

    def _copy(self, service: Service, backend: str, name: str) -> str:
        source = self.template(service, backend)
        if backend == "postgres":
            return self._fresh(name, backend, template=make_url(source).database)
        path = self._folder / f"{name}.db"
        shutil.copyfile(make_url(source).database or "", path)
        return f"sqlite:///{path}"

    @contextmanager
    def copy(self, service: Service, backend: str) -> Iterator[str]:
        """A database of the test's own, migrated and empty, gone afterwards."""
        name = f"{service.name}_{new_id().hex[-8:]}"
        url = self._copy(service, backend, name)
        try:
            yield url
        finally:
            if backend == "postgres":
                self._admin(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')
            for rest in self._folder.glob(f"{name}.db*"):
                rest.unlink()

    def drop_all(self) -> None:
        """Remove the PostgreSQL templates of this run."""
        for (_, backend), url in self._templates.items():
            if backend == "postgres":
                self._admin(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def _fresh(self, name: str, backend: str, *, template: str | None = None) -> str:
        if backend == "sqlite":
            return f"sqlite:///{self._folder / name}.db"
        database = f"kaike_{self._run}_{name}"
        self._admin(f'CREATE DATABASE "{database}"' + (f' TEMPLATE "{template}"' if template else ""))
        return make_url(self._postgres).set(database=database).render_as_string(hide_password=False)

    def _admin(self, statement: str) -> None:
        engine = sa.create_engine(self._postgres, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.execute(sa.text(statement))
        engine.dispose()
