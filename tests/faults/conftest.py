"""Faults, with real servers that are really killed. The mill of libs/bus/tests is the service that suffers them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from chassis.config import with_driver
from chassis.testing.databases import Databases

BUS_TESTS = Path(__file__).parents[2] / "libs" / "bus" / "tests"
sys.path.insert(0, str(BUS_TESTS / "mill_service"))


@pytest.fixture(scope="module")
def broker() -> Iterator[Any]:
    """A RabbitMQ of this module's own, to be killed."""
    from suite.backends import LocalRabbit

    own = LocalRabbit()
    yield own
    own.close()


@pytest.fixture
def make_mill(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Makes the mill on the broker of this address, or on the embedded transport with None; on an empty database of
    the server at `postgres` where one is named, which the caller migrates."""
    from mill.app import SERVICE
    from milling import DELAYS, Mill, queue_name

    shutil.copytree(BUS_TESTS / "contracts", tmp_path / "contracts")
    monkeypatch.setenv("KAIKE_CONTRACTS", str(tmp_path / "contracts"))
    monkeypatch.setenv("KAIKE_BUS_DELAYS", ",".join(map(str, DELAYS)))
    made: list[Mill] = []

    def make(amqp: str | None, *, postgres: str | None = None) -> Mill:
        url = (
            with_driver(postgres)
            if postgres
            else stack.enter_context(databases.copy(SERVICE, "postgres" if amqp else "sqlite"))
        )
        made.append(Mill(url, amqp, tmp_path, queue_name()))
        return made[-1]

    with ExitStack() as stack:
        try:
            yield make
        finally:
            for mill in made:
                mill.close()
