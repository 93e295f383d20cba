"""The order in which a real server is looked for."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from suite.backends import containers, install
from suite.backends.errors import BackendMissing
from suite.backends.postgres import LocalPostgres
from suite.backends.rabbit import LocalRabbit

POSTGRES = "KAIKE_TEST_POSTGRES"
AMQP = "KAIKE_TEST_AMQP"

ADVICE = (
    "No real {what} for the tests. Do one of these: set {variable} to the address of a server; start a Docker engine; "
    "or install it (on Debian and Ubuntu: apt-get install {package}). Reasons: {reasons}"
)


@dataclass(frozen=True)
class Backends:
    """Addresses of the servers that were asked for; an empty text where one was not asked for."""

    postgres: str = ""
    amqp: str = ""


def ensure(*, postgres: bool = True, rabbitmq: bool = True) -> Backends:
    """Find or start the servers asked for, export their addresses and return them.

    The addresses are URLs: ``postgresql://user:password@host:port/database`` of a role that may create databases, and
    ``amqp://user:password@host:port/``. Calling it again costs nothing.

    Raises:
        BackendMissing: there is no way to a real server on this machine.
    """
    return Backends(
        postgres=_address(POSTGRES, "PostgreSQL", "postgresql", containers.postgres, LocalPostgres.shared)
        if postgres
        else "",
        amqp=_address(AMQP, "RabbitMQ", "rabbitmq-server", containers.rabbit, LocalRabbit.shared)
        if rabbitmq
        else "",
    )


def _address(
    variable: str, what: str, package: str, from_container: Callable[[], str], from_local: Callable[[], str]
) -> str:
    given = os.environ.get(variable)
    if given:
        return given
    reasons: list[str] = []
    for way in (from_container, from_local, lambda: _after_install(package, from_local)):
        try:
            address = way()
        except BackendMissing as problem:
            reasons.append(str(problem))
        else:
            os.environ[variable] = address
            return address
    raise BackendMissing(
        ADVICE.format(what=what, variable=variable, package=package, reasons="; ".join(reasons))
    )


def _after_install(package: str, from_local: Callable[[], str]) -> str:
    install.debian_package(package)
    return from_local()
