"""A mill that hears its own events. What a sack wishes is done to its handler."""

from __future__ import annotations

import os
import signal
import threading
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import bus
import sqlalchemy as sa
from chassis.db import Database, insert
from chassis.service import Service
from chassis.tables import attach_tables
from sqlalchemy.orm import Session

SACK = "mill.sack.ground.v1"
STONE = "mill.stone.changed.v1"

db = Database()
bus.attach_tables(db.metadata)
attach_tables(db.metadata)

ground = sa.Table(
    "ground",
    db.metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("sack_id", sa.Uuid(), nullable=False),
    sa.Column("number", sa.Integer(), nullable=False),
    comment="One row each time that a handler ran: nothing here refuses a double",
)
stones = sa.Table(
    "stones",
    db.metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("speed", sa.Integer(), nullable=False),
    sa.Column("version", sa.BigInteger(), nullable=False),
)

REPAIRED = threading.Event()
"""Set when sacks that wish to raise are handled like others."""


def when_sack_ground(session: Session, event: bus.Event) -> None:
    """Grind it, or do what it wishes."""
    wish = event.data["wish"]
    if wish == "raise" and not REPAIRED.is_set():
        raise ValueError("a pebble in the sack")
    if wish == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if wish == "wait":
        _wait_at_the_gate()
    if wish == "after stone" and session.scalar(sa.select(sa.func.count()).select_from(stones)) == 0:
        raise bus.NotYet("there is no stone")
    session.execute(
        ground.insert().values(sack_id=uuid.UUID(event.data["sack_id"]), number=event.data["number"])
    )


def keep_stones(session: Session, events: Sequence[bus.Event]) -> None:
    """Keep the newest state of each stone."""
    rows = [
        {"id": uuid.UUID(each.data["stone_id"]), "speed": each.data["speed"], "version": each.sequence}
        for each in bus.latest(events)
    ]
    statement = insert(session, stones).values(rows)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"],
            set_={"speed": statement.excluded.speed, "version": statement.excluded.version},
            where=stones.c.version < statement.excluded.version,
        )
    )


def clear_stones(session: Session) -> None:
    """For a rebuild."""
    session.execute(stones.delete())


def stones_now(session: Session) -> Iterator[tuple[tuple[str, uuid.UUID], str, dict[str, Any]]]:
    """The owner's present states; here they are twice as fast as what the projection was told."""
    for row in session.execute(sa.select(stones)):
        yield ("stone", row.id), str(row.id), {"stone_id": str(row.id), "speed": row.speed * 2}


def announce_sack(
    session: Session, *, aggregate: uuid.UUID, number: int, wish: str = "grind", now: datetime
) -> int:
    """One sack of this farmer's cart."""
    data = {"sack_id": str(aggregate), "number": number, "wish": wish}
    return bus.announce(
        session, type=SACK, aggregate=("cart", aggregate), subject=str(aggregate), data=data, now=now
    )


def announce_stone(session: Session, *, stone: uuid.UUID, speed: int, now: datetime) -> int:
    """A stone's state."""
    data = {"stone_id": str(stone), "speed": speed}
    return bus.announce(
        session, type=STONE, aggregate=("stone", stone), subject=str(stone), data=data, now=now
    )


def consumer(queue: str) -> bus.Consumer:
    """The mill's consumer under a name of the test's own."""
    return bus.Consumer(
        queue, {SACK: bus.react(when_sack_ground), STONE: bus.project(keep_stones, clear=clear_stones)}
    )


def service(queue: str) -> Service:
    """The whole declaration."""
    return Service(
        name="mill",
        db=db,
        blueprints=(),
        permissions={},
        consumers=(consumer(queue),),
        announces={STONE: stones_now},
    )


SERVICE = service(os.environ.get("MILL_QUEUE", "mill.reactions"))


def _wait_at_the_gate() -> None:
    gate = Path(os.environ["MILL_GATE"])
    gate.with_suffix(".reached").touch()
    while not gate.exists():
        threading.Event().wait(0.02)
