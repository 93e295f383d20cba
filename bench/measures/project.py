"""`project` events, from the committed row of the outbox to that of the consumer, against a bare pipeline."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import bus
import sqlalchemy as sa
from bus.envelope import encode
from bus.handling.loop import BATCH
from bus.transport.rabbit import publisher
from bus.transport.rabbit.subscription import PREFETCH
from chassis import clock
from chassis.ids import new_id
from suite.backends.process import Program

from bench.figures import Bar, BenchFailed, Figure, median
from bench.floors import pipeline
from bench.floors.common import TABLES
from bench.ground import Ground
from bench.passing import LOOK_EVERY, Stopwatch, arrival, between, looking, until
from bench.rounds import Said, in_turn
from bench.scale import Scale

LIMIT = 0.3
WORK, BARE = "events", "bare pipeline"
TYPE, QUEUE = "identity.account.changed.v1", "classroom.projections"
"""A state that one queue takes, as it is with most."""
AT_ONCE = {
    "work": {"window": publisher.WINDOW, "batch": BATCH, "prefetch": PREFETCH},
    "floor": {"window": pipeline.WINDOW, "batch": pipeline.BATCH, "prefetch": pipeline.PREFETCH},
}
"""Messages under way to the broker, handled in one transaction, and under way to the consumer."""
_ARRIVED = sa.text("SELECT 1 FROM floor_accounts WHERE account_id = :account_id AND version = :version")


def measure(ground: Ground, scale: Scale, say: Said) -> list[Figure]:
    """The line of projections."""
    ground.execute("floors", *TABLES)
    accounts = [new_id() for _ in range(scale.states)]
    with between(ground, "identity", "classroom") as node:
        pipeline.declare(node.url)
        with _consumer(ground, node.url):
            found = in_turn(
                {
                    WORK: lambda: _announce(ground, accounts),
                    BARE: lambda: _publish(ground, accounts, node.url),
                },
                rounds=scale.rounds,
                say=say,
            )
    return [
        Figure(
            name="project",
            title="`project` events, outbox to consumer",
            value=median(found[WORK]),
            unit="/s",
            floor=median(found[BARE]),
            floor_title=BARE,
            bar=Bar(limit=LIMIT),
            details={
                "rounds": found,
                "events": scale.states,
                "type": TYPE,
                "queue": QUEUE,
                "at_once": AT_ONCE,
            },
        )
    ]


def state(account_id: UUID) -> dict[str, Any]:
    """The data of one event."""
    return {
        "account_id": str(account_id),
        "name": "班主任王芳",
        "roles": ["class_teacher"],
        "provider_id": str(UUID(int=7)),
        "dealer_id": None,
        "active": True,
    }


def _announce(ground: Ground, accounts: list[UUID]) -> float:
    """One round: a new state of every account, committed at once."""
    stopwatch = Stopwatch()
    announcements = [
        bus.Announcement(type=TYPE, aggregate=("account", each), subject=f"account/{each}", data=state(each))
        for each in accounts
    ]
    with ground.session("identity") as session:
        stopwatch.start_at_commit(session)
        bus.announce_many(session, announcements, now=clock.now())
        stopwatch.announced(session)
    with looking(ground, "classroom") as connection:
        seconds = arrival(connection, stopwatch, queue=QUEUE)
    newest = "SELECT count(*) FROM known_accounts WHERE version = (SELECT max(version) FROM known_accounts)"
    kept = ground.scalar("classroom", newest)
    if kept != len(accounts):
        raise BenchFailed(f"{kept} of {len(accounts)} states are kept")
    return len(accounts) / seconds


def _publish(ground: Ground, accounts: list[UUID], amqp: str) -> float:
    """One round of the floor, with the very same messages."""
    version = int(ground.scalar("floors", "SELECT coalesce(max(version), 0) + 1 FROM floor_accounts"))
    file = ground.folder / "messages"
    file.write_text("\n".join(_message(each, version) for each in accounts), encoding="utf-8")
    last = {"account_id": accounts[-1], "version": version}
    with looking(ground, "floors") as connection, _publisher(amqp, file) as process:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
        began = time.monotonic()
        seconds = until(connection, _ARRIVED, last, every=LOOK_EVERY) - began
    kept = ground.scalar(
        "floors", "SELECT count(*) FROM floor_accounts WHERE version = :version", version=version
    )
    if kept != len(accounts):
        raise BenchFailed(f"the floor has kept {kept} of {len(accounts)} states")
    return len(accounts) / seconds


def _message(account_id: UUID, version: int) -> str:
    return encode(
        bus.Event(
            id=new_id(),
            type=TYPE,
            source="/kaike/identity",
            subject=f"account/{account_id}",
            time=clock.now(),
            sequence=version,
            data=state(account_id),
        )
    )


@contextmanager
def _consumer(ground: Ground, amqp: str) -> Iterator[None]:
    program = Program(
        [*_command("consume"), amqp, ground.url("floors")],
        environment={"PATH": "/usr/bin:/bin", "HOME": str(ground.folder)},
        user=None,
        home=ground.folder,
        log=ground.folder / "floor-consumer.log",
    )
    try:
        yield
    finally:
        program.stop()


@contextmanager
def _publisher(amqp: str, file: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A publisher that is connected and has its messages at hand."""
    command = [*_command("publish"), amqp, str(file)]
    with subprocess.Popen(command, cwd=file.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline() != b"ready\n":
                raise BenchFailed("the floor's publisher did not connect")
            yield process
        finally:
            process.kill()


def _command(kind: str) -> list[str]:
    return [sys.executable, "-m", "suite.benches", "bench.floors.pipeline", kind]
