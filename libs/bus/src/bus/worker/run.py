"""Assembling the worker of a service and running it until SIGTERM."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog
from chassis import clock
from chassis.config import Settings
from chassis.db import make_engine, make_sessions
from chassis.db.migrate import require_head
from chassis.jobs import Periodic, run_loop
from chassis.logs import configure_logs
from chassis.service import Service
from chassis.telemetry import start_telemetry
from chassis.troubles import free_bytes
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, sessionmaker

from bus import metrics, topology
from bus.consumer import Consumer
from bus.handling import ConsumerLoop
from bus.handling.inbox import purge
from bus.relay import Relay
from bus.relay.rows import oldest
from bus.transport import open_transport
from bus.transport.base import Publisher, Transport
from bus.worker.health import HealthServer
from bus.worker.parts import Part, Parts

PURGE = Periodic("bus.inbox", 86_400, purge, purges=True)
PATIENCE = 12.0
"""Twice this is under the 30 seconds after which Kubernetes and Docker lose theirs."""

log = structlog.get_logger("bus.worker")


def run(service: Service, settings: Settings | None = None) -> None:
    """Run until SIGTERM or SIGINT, then finish what is under way. Leaves the process with 1 when a part failed.

    Refuses to start on a database at another revision (WrongHead) or with a topology that does not know
    this service's consumers (StaleTopology).
    """
    settings = settings or Settings.from_env(service.name)
    configure_logs(settings)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    if not Worker(service, settings).run(stopping):
        sys.exit(1)


class Worker:
    """What runs in one worker process."""

    def __init__(self, service: Service, settings: Settings) -> None:
        """Checks the database's revision and the topology; nothing runs yet."""
        require_head(service.name, settings.database_url)
        known = topology.read()
        known.require(service.consumers)
        self._service = service
        self._settings = settings
        self._transport: Transport = open_transport(
            topology=known, amqp_url=settings.amqp_url, var=settings.var
        )

    def run(self, stopping: threading.Event) -> bool:
        """Until `stopping`; whether every part ended well and in time."""
        # Rows quoted in an error's text would carry people's data into the log.
        engine = make_engine(self._settings.database_url, hide_parameters=True)
        start_telemetry(self._settings, engine=engine)
        sessions = make_sessions(self._service.db, engine)
        publisher = self._transport.publisher()
        parts = Parts(
            [
                self._relay(engine, publisher),
                *(self._consumer(each, sessions, publisher) for each in self._service.consumers),
                self._jobs(sessions),
            ]
        )
        self._watch_figures(engine)
        health = self._health(parts)
        parts.start()
        log.info("worker.started", service=self._service.name, transport=type(self._transport).__name__)
        try:
            well = parts.watch(stopping)
            log.info("worker.stopping", service=self._service.name)
            return self._end(parts, publisher) and well
        finally:
            publisher.close()
            if health is not None:
                health.close()
            engine.dispose()
            log.info("worker.stopped", service=self._service.name)

    def _end(self, parts: Parts, publisher: Publisher) -> bool:
        """Let all finish; one that waits for a broker which says nothing is let go by closing the publisher."""
        parts.ask_to_stop()
        if parts.join(within=PATIENCE):
            return True
        publisher.close()
        return parts.join(within=PATIENCE)

    def _relay(self, engine: Engine, publisher: Publisher) -> Part:
        relay = Relay(engine=engine, publisher=publisher)
        return Part(name="relay", work=relay.run, stop=relay.stop, beat=lambda: relay.beat)

    def _consumer(self, consumer: Consumer, sessions: sessionmaker[Session], publisher: Publisher) -> Part:
        loop = ConsumerLoop(
            consumer=consumer,
            sessions=sessions,
            subscription=self._transport.subscription(consumer.name),
            publisher=publisher,
            clock=clock.now,
        )
        return Part(
            name=consumer.name,
            work=loop.run,
            stop=loop.stop,
            ready=lambda: loop.ready,
            beat=lambda: loop.beat,
        )

    def _jobs(self, sessions: sessionmaker[Session]) -> Part:
        stop = threading.Event()
        service = replace(self._service, periodic=(*self._service.periodic, PURGE))
        return Part(
            name="jobs", work=lambda: run_loop(service, self._settings, sessions, stop), stop=stop.set
        )

    def _health(self, parts: Parts) -> HealthServer | None:
        address = self._settings.environ.get("KAIKE_WORKER_HEALTH")
        return HealthServer(address=address, alive=parts.alive, ready=parts.ready) if address else None

    def _watch_figures(self, engine: Engine) -> None:
        """Read at each scrape, not before."""
        metrics.DISK.set_function(partial(free_bytes, self._settings.var))
        metrics.OUTBOX_AGE.set_function(figure(lambda: age(oldest(engine), clock.now())))
        for consumer in self._service.consumers:
            depth = partial(self._transport.depth, consumer.name, dead=True)
            metrics.DEAD.labels(queue=consumer.name).set_function(figure(depth))


def figure(read: Callable[[], float]) -> Callable[[], float]:
    """For a scrape: a figure that cannot be had now is not a number, and the other figures are still shown."""

    def value() -> float:
        try:
            return float(read())
        except Exception as error:  # noqa: BLE001 - database and broker fail in many ways, all said here
            log.warning("figure.missing", error=type(error).__name__)
            return float("nan")

    return value


def age(moment: datetime | None, now: datetime) -> float:
    """Seconds since `moment`; 0 when there is none."""
    return max((now - moment).total_seconds(), 0.0) if moment else 0.0
