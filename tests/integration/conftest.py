"""Running suites: one on files, one on real servers; and fresh ones for tests that break theirs."""

import pytest
from suite.testing.running import running_suite
from suite.testing.servers import real_servers


@pytest.fixture(scope="module", params=["files", "servers"])
def suite(request, tmp_path_factory):
    """A ready suite on SQLite and the embedded bus, then one on PostgreSQL and RabbitMQ."""
    folder = tmp_path_factory.mktemp("suite") / "var"
    if request.param == "files":
        with running_suite(folder, clean()) as running:
            yield running
    else:
        with real_servers() as servers, running_suite(folder, {**clean(), **servers}) as running:
            yield running


@pytest.fixture
def own_suite(tmp_path):
    """A ready suite on files that the test may stop or kill."""
    with running_suite(tmp_path / "var", clean()) as running:
        yield running


def clean():
    """Nothing of the developer's own installation reaches the test's."""
    switches = ["AMQP_URL", "S3_BUCKET", "KAIKE_ENV", "DATABASE_URL"]
    return dict.fromkeys(switches, "")
