"""Every projection of every service: emptied, announced again by its owner, and the same as before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest
import sqlalchemy as sa
from bus.consumer import Projection
from chassis.config import with_driver
from chassis.db import make_engine, reading
from chassis.service import load
from click.testing import CliRunner
from suite.cli import main
from suite.parts import SERVICES, variable
from suite.testing.running import NotAsPromised

AGAIN = re.compile(r"now run: kaike (again \S+ \S+ \S+)")
OTHERS = ("bus_", "periodic_", "jobs", "idempotency_", "alembic_")
"""Tables, by their beginnings, that change by themselves and are no projection."""
HEARD = ("received_at", "sequence", "version")
"""When it was heard, and how many events its subject had sent by then: others than those of this type may follow."""


def projections() -> Iterator[tuple[str, str]]:
    """Each service with each type that it keeps a projection of."""
    for name in SERVICES:
        for consumer in load(name).consumers:
            for event_type, handler in consumer.handlers.items():
                if isinstance(handler, Projection):
                    yield name, event_type


EACH = [pytest.param(*each, id="-".join(each)) for each in projections()]


@pytest.mark.parametrize(("service", "event_type"), EACH)
def test_a_projection_can_be_emptied_and_its_owner_can_announce_all_of_it_again(
    service: str, event_type: str
) -> None:
    for consumer in load(service).consumers:
        handler = consumer.handlers.get(event_type)
        assert not isinstance(handler, Projection) or handler.clear is not None
    assert event_type in load(event_type.partition(".")[0]).announces


class Walk:
    """Rebuilds the projections of a running suite, with the commands that operators have."""

    def __init__(self, environment: Mapping[str, str], folder: str) -> None:
        """`folder` is the suite's var/."""
        self._environment = dict(environment)
        self._folder = folder

    def run(self, *arguments: str) -> str:
        """A command of `kaike`; what it prints."""
        done = CliRunner(env=self._environment).invoke(main, arguments)
        assert done.exit_code == 0, done.output
        return done.output

    def rebuild(self, service: str, event_type: str) -> None:
        """Both sides of it."""
        for command in AGAIN.findall(self.run("rebuild", service, event_type, "--yes")):
            self.run(*command.split())

    def rows(self, service: str) -> dict[str, list[str]]:
        """What the service knows, table by table, but for when it heard of it."""
        url = self._environment.get(f"DATABASE_URL_{variable(service)}")
        engine = make_engine(with_driver(url) if url else f"sqlite:///{self._folder}/db/{service}.db")
        metadata = sa.MetaData()
        try:
            with reading(), engine.connect() as connection:
                metadata.reflect(connection)
                tables = [each for each in metadata.sorted_tables if not each.name.startswith(OTHERS)]
                return {table.name: _rows(connection, table) for table in tables}
        finally:
            engine.dispose()


def _rows(connection: sa.Connection, table: sa.Table) -> list[str]:
    kept = [column for column in table.columns if column.primary_key or column.name not in HEARD]
    return sorted(repr(tuple(row)) for row in connection.execute(sa.select(*kept)))


def test_after_the_demo_every_projection_is_rebuilt_as_it_was(suite: Any) -> None:
    done = suite.command("demo")
    assert done.returncode == 0, done.stdout + done.stderr
    walk = Walk(suite.environment, str(suite.folder))
    before = {name: walk.rows(name) for name in SERVICES}
    for service, event_type in projections():
        walk.rebuild(service, event_type)
        with suppress(NotAsPromised):  # what differs tells more
            suite.wait(_same(walk, service, before), seconds=30)
        assert walk.rows(service) == before[service], event_type


def _same(walk: Walk, service: str, before: Mapping[str, Any]) -> Callable[[], bool]:
    return lambda: walk.rows(service) == before[service]
