"""The pytest plugin. A service's conftest overrides `service`; everything else follows from it.

`session`, `app` and `client` share one connection whose transaction is rolled back after the test.
`committed` gives an app on a database of its own, for tests in which commits and threads are real.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from chassis import clock as real_clock
from chassis.config import Settings
from chassis.db import make_engine, make_sessions
from chassis.ids import new_id
from chassis.service import Service
from chassis.testing.callers import Tester
from chassis.testing.databases import Databases
from chassis.testing.papers import TestIssuer
from chassis.web.app import build_app
from chassis.web.auth import Actor

ISSUERS = frozenset({"identity", "classroom", "supervision", "catalog"})


@pytest.fixture
def service() -> Service:
    """Overridden by each service's conftest."""
    raise LookupError("a conftest must define the fixture `service`")


@pytest.fixture(params=["sqlite", "postgres"])
def backend(request: pytest.FixtureRequest) -> str:
    """Every database test runs on both."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres_address() -> str:
    """The address of a real server. Overridden by the root conftest, which knows how to find or start one."""
    raise LookupError("a conftest must define the fixture `postgres_address`")


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, postgres_address: str) -> Iterator[Databases]:
    """Addresses of migrated databases."""
    found = Databases(tmp_path_factory.mktemp("db"), postgres_address)
    yield found
    found.drop_all()


@pytest.fixture(scope="session")
def issuer() -> TestIssuer:
    """Signs what other services would have signed."""
    return TestIssuer()


class FrozenClock:
    """The test's clock: stands still until moved."""

    def __init__(self, start: datetime) -> None:
        """`start` must be aware."""
        self.now = start

    def set(self, moment: datetime) -> datetime:
        """Move to `moment`."""
        self.now = moment
        return moment

    def advance(self, **span: float) -> datetime:
        """Move on by `timedelta(**span)`."""
        self.now += timedelta(**span)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FrozenClock:
    """Freezes `chassis.clock.now` at 2026-03-02 10:00 in Shanghai, a Monday."""
    frozen = FrozenClock(datetime(2026, 3, 2, 10, 0, tzinfo=real_clock.SHANGHAI))
    monkeypatch.setattr(real_clock, "now", lambda: frozen.now.astimezone(UTC))
    return frozen


def settings_for(service: Service, url: str, var: Path) -> Settings:
    """Test settings; other services' addresses lead nowhere."""
    environ = {
        "KAIKE_ENV": "test",
        "KAIKE_SECRET": "a secret of the tests",
        "KAIKE_VAR": str(var),
        "DATABASE_URL": url,
    }
    environ |= {f"KAIKE_URL_{name.upper()}": "http://127.0.0.1:9" for name in ISSUERS}
    return Settings.from_env(service.name, environ)


@pytest.fixture(scope="session")
def made_apps(databases: Databases) -> Iterator[dict[tuple[str, str], tuple[Service, Flask]]]:
    """The apps of this run by service and kind of database; their connections are closed at its end."""
    apps: dict[tuple[str, str], tuple[Service, Flask]] = {}
    yield apps
    for made_for, made in apps.values():
        with made.app_context():
            made_for.db.engine.dispose()


@pytest.fixture
def app(
    service: Service,
    backend: str,
    databases: Databases,
    issuer: TestIssuer,
    made_apps: dict[tuple[str, str], tuple[Service, Flask]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Flask:
    """The service's app, made once per kind of database; its file stores and the like are fresh per test."""
    place = (service.name, backend)
    if place not in made_apps:
        var = tmp_path_factory.mktemp(f"{service.name}-{backend}")
        made = build_app(service, settings_for(service, databases.shared(service, backend), var))
        issuer.trusted_by(made.extensions["kaike.runtime"].papers, issuers=ISSUERS - {service.name})
        made_apps[place] = (service, made)
    _, found = made_apps[place]
    found.extensions["kaike.runtime"].extras.clear()
    return found


@pytest.fixture
def session(app: Flask, service: Service) -> Iterator[Session]:
    """A session whose work is undone after the test; requests of `client` see it and it sees theirs."""
    with app.app_context():
        engine = service.db.engine
    connection = engine.connect()
    outer = connection.begin()
    maker = sessionmaker(
        connection,
        autoflush=False,
        join_transaction_mode="create_savepoint",
        info={"metadata": service.db.metadata},
    )
    theirs = scoped_session(maker)
    before = service.db.session
    service.db.session = theirs  # type: ignore[assignment]
    own = maker()
    try:
        yield own
    finally:
        own.close()
        theirs.remove()
        service.db.session = before
        outer.rollback()
        connection.close()


@pytest.fixture
def client(app: Flask, session: Session, issuer: TestIssuer) -> Tester:
    """Calls of the app that share the test's transaction."""

    def around() -> None:
        session.flush()
        session.expire_all()

    return Tester(app, issuer, around)


@dataclass(frozen=True)
class Committed:
    """An app on a database of its own: commits are real, threads may race."""

    app: Flask
    client: Tester
    sessions: sessionmaker[Session]
    settings: Settings


@pytest.fixture
def committed(
    service: Service, backend: str, databases: Databases, issuer: TestIssuer, tmp_path: Path
) -> Iterator[Committed]:
    """See Committed."""
    with databases.copy(service, backend) as url:
        settings = settings_for(service, url, tmp_path)
        made = build_app(service, settings)
        issuer.trusted_by(made.extensions["kaike.runtime"].papers, issuers=ISSUERS - {service.name})
        engine = make_engine(url)
        yield Committed(made, Tester(made, issuer), make_sessions(service.db, engine), settings)
        engine.dispose()
        with made.app_context():
            service.db.engine.dispose()


@pytest.fixture
def actor() -> Callable[..., Actor]:
    """Makes accounts: `actor("registrar", provider_id=…)`."""

    def make(
        *roles: str,
        provider_id: uuid.UUID | None = None,
        dealer_id: uuid.UUID | None = None,
        account_id: uuid.UUID | None = None,
        name: str = "张三",
    ) -> Actor:
        return Actor(
            account_id=account_id or new_id(),
            name=name,
            roles=frozenset(roles),
            provider_id=provider_id,
            dealer_id=dealer_id,
        )

    return make


@pytest.fixture
def foreign_paper(issuer: TestIssuer) -> Callable[..., str]:
    """A paper of another service: `foreign_paper("supervision", "pass", {...}, lifetime=120)`."""

    def make(
        by: str, typ: str, claims: dict[str, Any], *, lifetime: int = 300, now: datetime | None = None
    ) -> str:
        return issuer.paper(by, typ, claims, now=now or real_clock.now(), lifetime=lifetime)

    return make


@pytest.fixture
def counted(session: Session) -> Callable[[], Any]:
    """Counts the SQL statements inside `with counted() as seen:`; `seen` is a list of their texts."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("SAVEPOINT", "RELEASE")):
                seen.append(statement)

        engine = session.get_bind()
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)

    return count
