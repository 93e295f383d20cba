"""Written once and announced with it, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from bus import Counted, Once, SchemaBroken
from bus.tables import inbox, outbox
from bus.testing import announced
from chassis.db import make_engine, make_sessions, transaction
from chassis.ids import new_id
from chassis.testing import race
from sqlalchemy.orm import Session, sessionmaker

NOW = datetime(2026, 11, 24, 5, 54, 35, tzinfo=UTC)
ONCE = Once(inbox)  # any table with a unique constraint


@pytest.fixture
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    from mill.app import db

    engine = make_engine(database)
    yield make_sessions(db, engine)
    engine.dispose()


def write(session: Session, key: UUID, *, cart: UUID, number: int = 1) -> int | None:
    from mill.app import SACK

    row: dict[str, Any] = {"consumer": "x:y", "message_id": key, "type": "it's", "handled_at": NOW}
    data = {"sack_id": str(key), "number": number, "wish": "grind"}
    return ONCE.announce(
        session, row, type=SACK, aggregate=("cart", cart), subject='"sequence":"0"', data=data, now=NOW
    )


def test_the_row_and_its_event_are_there_after_the_commit(sessions: sessionmaker[Session]) -> None:
    first, second, cart = new_id(), new_id(), new_id()
    with sessions() as session, transaction(session):
        assert [write(session, first, cart=cart), write(session, second, cart=cart)] == [1, 2]
    with sessions() as session:
        row = session.execute(sa.select(inbox).where(inbox.c.message_id == second)).one()
        told = announced(session)
        kept = session.execute(sa.select(outbox).order_by(outbox.c.id)).all()
    assert (row.consumer, row.type, row.handled_at) == ("x:y", "it's", NOW)
    assert [(event.sequence, event.subject, event.data["sack_id"]) for event in told] == [
        (1, '"sequence":"0"', str(first)),
        (2, '"sequence":"0"', str(second)),
    ]
    assert [(line.seq, line.aggregate_id, line.message_id) for line in kept] == [
        (event.sequence, cart, event.id) for event in told
    ]


def test_what_stands_already_is_neither_written_nor_announced_again(sessions: sessionmaker[Session]) -> None:
    key, cart = new_id(), new_id()
    with sessions() as session, transaction(session):
        assert write(session, key, cart=cart) == 1
    with sessions() as session, transaction(session):
        assert write(session, key, cart=cart) is None
        assert write(session, new_id(), cart=cart) == 2  # no gap
    with sessions() as session:
        assert len(announced(session)) == 2


def test_of_two_at_once_one_writes_and_announces(sessions: sessionmaker[Session]) -> None:
    key, cart = new_id(), new_id()

    def run() -> int | None:
        with sessions() as session, transaction(session):
            return write(session, key, cart=cart)

    assert sorted(race(run, run, run), key=str) == [1, None, None]
    with sessions() as session:
        assert len(announced(session)) == 1


def test_broken_data_are_refused_before_anything_is_written(sessions: sessionmaker[Session]) -> None:
    with sessions() as session, transaction(session):
        with pytest.raises(SchemaBroken):
            write(session, new_id(), cart=new_id(), number=-1)
        assert session.scalar(sa.select(sa.func.count()).select_from(inbox)) == 0


COUNTED = Once(
    inbox,
    counted=Counted(name="number", sql="(SELECT count(*) + 1 FROM bus_inbox WHERE consumer = :row_consumer)"),
)


def test_a_number_is_counted_by_the_database_as_the_row_is_written(sessions: sessionmaker[Session]) -> None:
    """Whatever stands before it in the envelope: the number's own place is found."""
    cart = new_id()

    def write_counted(session: Session, key: UUID, consumer: str) -> int | None:
        row = {"consumer": consumer, "message_id": key, "type": "x", "handled_at": NOW}
        data = {"sack_id": str(key), "wish": "grind"}
        subject = '"data":{"number":0'
        return COUNTED.announce(
            session,
            row,
            type="mill.sack.ground.v1",
            aggregate=("cart", cart),
            subject=subject,
            data=data,
            now=NOW,
        )

    again = new_id()
    with sessions() as session, transaction(session):
        for key, consumer in ((new_id(), "a"), (again, "a"), (new_id(), "b")):
            assert write_counted(session, key, consumer)
        assert write_counted(session, again, "a") is None
    with sessions() as session:
        told = announced(session)
    assert [(event.sequence, event.data["number"], event.data["wish"]) for event in told] == [
        (1, 1, "grind"),
        (2, 2, "grind"),
        (3, 1, "grind"),
    ]
    assert {event.subject for event in told} == {'"data":{"number":0'}
