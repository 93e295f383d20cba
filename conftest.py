"""What holds for every test: real backends where a test asks for them, and no network but our own."""

import pytest
from chassis.config import with_driver
from suite.backends import ensure
from suite.testing.network import only_our_own

pytest_plugins = ("chassis.testing.plugin",)


@pytest.fixture(scope="session", autouse=True)
def _no_foreign_network():
    """Refuse every connection that leaves this machine, except to the test servers named in the environment."""
    with only_our_own():
        yield


@pytest.fixture(scope="session")
def postgres_address() -> str:
    """A real PostgreSQL: the one that the environment names, or one that is started for this run."""
    return with_driver(ensure(rabbitmq=False).postgres)
