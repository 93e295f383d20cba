"""The stories' stage: one running suite on files, one Chromium, and for each person a browser of their own."""

from pathlib import Path

import pytest
from suite.demo.people import People
from suite.testing.browser import launched
from suite.testing.people import World
from suite.testing.running import running_suite

PICTURES = Path(__file__).parent / "screenshots"
OUTCOME = pytest.StashKey[bool]()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember whether a story failed, so that its people can picture what they saw last."""
    report = (yield).get_result()
    if report.when == "call":
        item.stash[OUTCOME] = report.failed


@pytest.fixture(scope="session")
def stage(tmp_path_factory):
    """A ready suite on SQLite and the embedded bus, with the demo's accounts."""
    for old in PICTURES.glob("failed-*.png"):
        old.unlink()
    switches = dict.fromkeys(["AMQP_URL", "S3_BUCKET", "KAIKE_ENV", "DATABASE_URL"], "")
    with running_suite(tmp_path_factory.mktemp("stories") / "var", switches) as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    """Chromium, as users have it."""
    with launched() as chromium:
        yield chromium


@pytest.fixture
def visit(request, browser):
    """Open a browser for somebody: ``visit(Registrar, suite)``. At the end nothing may have gone wrong."""
    visitors = []

    def arrive(kind, suite, **options):
        visitor = kind(browser, suite.url, PICTURES, **options)
        visitors.append(visitor)
        return visitor

    yield arrive
    worries = []
    for visitor in visitors:
        if request.node.stash.get(OUTCOME, False):
            visitor.pictures_trouble(f"{request.node.name}-{type(visitor).__name__}")
        worries += visitor.reasons_to_worry()
        visitor.leaves()
    assert not worries, "\n".join(worries)


@pytest.fixture
def people(stage):
    """The demo's accounts, as programs."""
    return People(stage.url)


@pytest.fixture(scope="session")
def world(stage):
    """Classes in every state, an order and a settlement; each is made when a story first asks for it."""
    return World(stage.url)
