"""A whole suite, started as users start it, on the private servers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from suite.parts import SERVICES, variable
from suite.testing.running import RunningSuite, running_suite

from bench.ground import Ground, broker

# Nothing of the developer's own installation reaches this one.
CLEAN = dict.fromkeys(("AMQP_URL", "S3_BUCKET", "KAIKE_ENV", "KAIKE_PAGES", "DATABASE_URL"), "")


@contextmanager
def whole_suite(ground: Ground) -> Iterator[RunningSuite]:
    """Every service with its worker, the gateway, the demo's accounts; on fresh databases and an empty broker."""
    databases = {}
    for service in SERVICES:
        ground.renew(service)
        databases[f"DATABASE_URL_{variable(service)}"] = ground.url(service)
    with (
        broker() as node,
        running_suite(ground.folder / "suite", {**CLEAN, **databases, "AMQP_URL": node.url}) as suite,
    ):
        yield suite
