"""The worker process of a service: relay, consumers, jobs and periodic work, as the bus runs them."""

from bus.worker import run
from chassis.service import load


def work(name: str) -> None:
    """Work for the service ``name`` until a signal ends it."""
    run(load(name))
