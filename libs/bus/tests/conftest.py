"""A mill on either transport, with real processes where a test kills them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chassis.testing.databases import Databases

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "mill_service"))


@pytest.fixture(scope="session")
def amqp_address() -> str:
    """A real RabbitMQ: KAIKE_TEST_AMQP, or one that is started for this run."""
    from suite.backends import ensure

    return ensure(postgres=False).amqp


@pytest.fixture
def contracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The mill's contracts, alone."""
    folder = tmp_path / "contracts"
    shutil.copytree(HERE / "contracts", folder)
    monkeypatch.setenv("KAIKE_CONTRACTS", str(folder))
    return folder


@pytest.fixture
def database(backend: str, databases: Databases, contracts: Path) -> Iterator[str]:
    """The address of an empty, migrated database of the mill; on both kinds."""
    from mill.app import SERVICE

    with databases.copy(SERVICE, backend) as url:
        yield url


@pytest.fixture(params=["embedded", "rabbitmq"])
def way(request: pytest.FixtureRequest) -> str:
    """Both transports."""
    return str(request.param)


@pytest.fixture
def mill(
    way: str,
    databases: Databases,
    contracts: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Any]:
    """A mill on SQLite with the embedded transport, and one on PostgreSQL with RabbitMQ."""
    from mill.app import REPAIRED, SERVICE
    from milling import DELAYS, Mill, queue_name

    monkeypatch.setenv("KAIKE_BUS_DELAYS", ",".join(map(str, DELAYS)))
    REPAIRED.clear()
    amqp = request.getfixturevalue("amqp_address") if way == "rabbitmq" else None
    with databases.copy(SERVICE, "postgres" if amqp else "sqlite") as url:
        mill = Mill(url, amqp, tmp_path, queue_name())
        try:
            yield mill
        finally:
            mill.close()
