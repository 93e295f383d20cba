"""What holds for every test: real backends where a test asks for them, and no network but our own."""

import pytest
from suite.testing.network import only_our_own

pytest_plugins = ("chassis.testing.plugin",)


@pytest.fixture(scope="session", autouse=True)
def _no_foreign_network():
    """Refuse every connection that leaves this machine, except to the test servers named in the environment."""
    with only_our_own():
        yield
