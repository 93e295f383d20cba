"""The mill with its database, queue and processes, as the tests of the bus handle it."""

from __future__ import annotations

import os
import secrets
import signal
import string
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from chassis import clock
from chassis.db import make_engine, make_sessions, transaction
from chassis.ids import new_id
from sqlalchemy.orm import Session

MILL = Path(__file__).parent
DELAYS = (0.3, 0.5)


def until(condition: Callable[[], object], *, seconds: float = 20, what: str = "") -> None:
    """Wait until the condition holds; fail when the time is over."""
    pause = threading.Event()
    rounds = int(seconds / 0.02)
    for _ in range(rounds):
        if condition():
            return
        pause.wait(0.02)
    pytest.fail(f"waited {seconds} s in vain {what or condition}")


@dataclass
class Mill:
    """One mill with its database, its queue and its processes."""

    url: str
    amqp: str | None
    folder: Path
    queue: str
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the database and write the topology."""
        from bus import topology
        from mill import app

        self.app = app
        self.service = app.service(self.queue)
        self.topology = topology.build(self.service.consumers)
        (self.folder / "contracts" / "topology.yaml").write_text(topology.render(self.topology))
        self.engine = make_engine(self.url)
        self.sessions = make_sessions(app.db, self.engine)
        self.gate = self.folder / "gate"

    @property
    def transport(self) -> Any:
        """The transport that the environment says."""
        from bus.transport import open_transport

        return open_transport(topology=self.topology, amqp_url=self.amqp, var=self.folder)

    @contextmanager
    def committed(self) -> Iterator[Session]:
        """A session whose work is committed."""
        with self.sessions() as session, transaction(session):
            yield session

    def sacks(
        self, *numbers: int, cart: uuid.UUID | None = None, wishes: Sequence[str] = (), each: bool = True
    ) -> uuid.UUID:
        """Announce sacks with these numbers in a row, each in a transaction of its own or all in one."""
        cart = cart or new_id()
        told = list(zip(numbers, wishes or ["grind"] * len(numbers), strict=True))
        for group in [[one] for one in told] if each else [told]:
            with self.committed() as session:
                for number, wish in group:
                    self.app.announce_sack(session, aggregate=cart, number=number, wish=wish, now=clock.now())
        return cart

    def stone(self, stone: uuid.UUID, speed: int) -> None:
        """Announce a stone's state."""
        with self.committed() as session:
            self.app.announce_stone(session, stone=stone, speed=speed, now=clock.now())

    def ground(self) -> list[int]:
        """The numbers of the sacks in the order in which their handlers were committed."""
        with self.sessions() as session:
            return list(session.scalars(sa.select(self.app.ground.c.number).order_by(self.app.ground.c.id)))

    def waiting(self) -> int:
        """Rows in the outbox."""
        from bus.tables import outbox

        with self.sessions() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(outbox)) or 0

    def dead(self) -> list[Any]:
        """The dead letters."""
        from bus.dead import Filter, find

        return find(self.transport, queues=[self.queue], which=Filter())

    def worker(self, *faults: str, wait: bool = True) -> subprocess.Popen[bytes]:
        """Start the worker as a process of its own; returns when it is ready."""
        health = self.folder / "health.sock"
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(MILL),
            "KAIKE_ENV": "test",
            "KAIKE_SECRET": "a secret of the tests",
            "KAIKE_VAR": str(self.folder),
            "KAIKE_CONTRACTS": str(self.folder / "contracts"),
            "KAIKE_BUS_DELAYS": ",".join(map(str, DELAYS)),
            "KAIKE_WORKER_HEALTH": f"unix:{health}",
            "DATABASE_URL": self.url,
            "MILL_QUEUE": self.queue,
            "MILL_GATE": str(self.gate),
            **({"AMQP_URL": self.amqp} if self.amqp else {}),
        }
        health.unlink(missing_ok=True)
        with (self.folder / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, str(MILL / "worker.py"), *faults], env=environment, stdout=log, stderr=log
            )
        self.processes.append(process)
        if wait:
            until(lambda: self.asks("/readyz") == 200 or process.poll() is not None, what="for the worker")
        return process

    def asks(self, where: str) -> int:
        """The status that the worker's health server answers; 0 when nobody answers."""
        from bus.worker.health import unix_get

        try:
            return unix_get(self.folder / "health.sock", where)[0]
        except (OSError, IndexError):
            return 0

    @contextmanager
    def relay(self, publisher: Any = None) -> Iterator[Any]:
        """The relay in a thread."""
        from bus.relay import Relay

        own = publisher or self.transport.publisher()
        relay = Relay(engine=self.engine, publisher=own)
        thread = threading.Thread(target=relay.run)
        thread.start()
        try:
            yield relay
        finally:
            relay.stop()
            thread.join(20)
            own.close()

    @contextmanager
    def consumer(self, **changes: Any) -> Iterator[Any]:
        """The consumer in a thread."""
        from bus.handling import ConsumerLoop
        from bus.policy import Policy

        publisher = self.transport.publisher()
        loop = ConsumerLoop(
            **{
                "consumer": self.service.consumers[0],
                "sessions": self.sessions,
                "subscription": self.transport.subscription(self.queue),
                "publisher": publisher,
                "clock": clock.now,
                "policy": Policy(delays=DELAYS),
                **changes,
            }
        )
        thread = threading.Thread(target=loop.run)
        thread.start()
        try:
            yield loop
        finally:
            loop.stop()
            thread.join(20)
            publisher.close()

    def close(self) -> None:
        """End processes that still run, and remove what lies in the broker."""
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait(20)
        self.engine.dispose()
        if self.amqp:
            from bus.transport.rabbit.declare import forget

            forget(self.amqp, self.topology)


def queue_name() -> str:
    """A queue of the test's own."""
    return "mill." + "".join(secrets.choice(string.ascii_lowercase) for _ in range(10))
