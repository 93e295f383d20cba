"""Announcing, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from bus import Announcement, SchemaBroken, UnknownEvent, announce, announce_many, trace
from bus.outbox import SHARDS, shard_of
from bus.tables import outbox
from bus.testing import announced
from chassis.db import make_engine, make_sessions, transaction
from chassis.ids import new_id
from sqlalchemy.orm import Session, sessionmaker

NOW = datetime(2026, 11, 24, 5, 54, 35, tzinfo=UTC)


@pytest.fixture
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    from mill.app import db

    engine = make_engine(database)
    yield make_sessions(db, engine)
    engine.dispose()


def tell(session: Session, cart: Any, number: int = 1) -> int:
    from mill.app import announce_sack

    return announce_sack(session, aggregate=cart, number=number, now=NOW)


def test_it_stands_in_the_outbox_when_the_transaction_commits(sessions: sessionmaker[Session]) -> None:
    cart = new_id()
    with sessions() as session, transaction(session):
        assert [tell(session, cart), tell(session, cart)] == [1, 2]
    with sessions() as session:
        first, second = announced(session)
    assert (first.sequence, second.sequence) == (1, 2)
    assert (first.source, first.subject, first.time) == ("/kaike/mill", str(cart), NOW)
    assert first.id != second.id


def test_a_rollback_leaves_nothing_and_no_gap(sessions: sessionmaker[Session]) -> None:
    cart = new_id()
    with sessions() as session:
        tell(session, cart)
        session.rollback()
    with sessions() as session, transaction(session):
        assert announced(session) == []
        assert tell(session, cart) == 1


def test_each_aggregate_counts_for_itself(sessions: sessionmaker[Session]) -> None:
    with sessions() as session, transaction(session):
        assert [tell(session, new_id()) for _ in range(3)] == [1, 1, 1]


def test_broken_data_are_refused_before_anything_is_written(sessions: sessionmaker[Session]) -> None:
    cart = new_id()
    with sessions() as session, transaction(session):
        with pytest.raises(SchemaBroken):
            tell(session, cart, number=-1)
        with pytest.raises(UnknownEvent):
            announce(
                session, type="mill.sack.lost.v1", aggregate=("cart", cart), subject="x", data={}, now=NOW
            )
        assert announced(session) == []
        assert tell(session, cart) == 1


def test_two_at_once_on_one_aggregate_come_one_after_the_other(sessions: sessionmaker[Session]) -> None:
    cart, told = new_id(), 40

    def work() -> None:
        for _ in range(told):
            with sessions() as session, transaction(session):
                tell(session, cart)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with sessions() as session:
        assert list(session.scalars(sa.select(outbox.c.seq).order_by(outbox.c.id))) == list(
            range(1, 2 * told + 1)
        )


def test_the_trace_of_the_cause_is_saved(sessions: sessionmaker[Session]) -> None:
    parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    with sessions() as session, transaction(session), trace.following(parent):
        tell(session, new_id())
    with sessions() as session:
        assert session.scalar(sa.select(outbox.c.traceparent)) == parent
        assert announced(session, "mill.sack.ground.v1")[0].traceparent == parent
        assert announced(session, "mill.stone.changed.v1") == []


def test_the_relay_is_woken_once_and_only_after_the_commit(
    sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[bool] = []
    hook = lambda: woken.append(True)  # noqa: E731 - one object, so that it is one hook
    monkeypatch.setattr("bus.wakeup.relay_of", lambda _session: hook)
    with sessions() as session, transaction(session):
        tell(session, new_id())
        tell(session, new_id())
        assert woken == []
    assert woken == [True]


def test_shards_are_the_same_in_every_process() -> None:
    from uuid import UUID

    fixed = UUID("9bfe3d4f-71df-44ff-8b12-1dd7ab7aeb5b")
    assert (shard_of("class", fixed), shard_of("enrolment", fixed)) == (3, 13)
    assert {shard_of("class", new_id()) for _ in range(2000)} == set(range(SHARDS))


def many(carts: list[Any]) -> list[Announcement]:
    from mill.app import SACK

    data = {"number": 7, "wish": "grind"}
    return [
        Announcement(
            type=SACK, aggregate=("cart", cart), subject=str(cart), data={**data, "sack_id": str(cart)}
        )
        for cart in carts
    ]


def test_many_are_announced_in_few_statements_each_with_its_own_sequence(
    sessions: sessionmaker[Session],
) -> None:
    carts = [new_id() for _ in range(1500)]
    with sessions() as session, transaction(session):
        tell(session, carts[3])
    seen: list[str] = []
    with sessions() as session:
        sa.event.listen(
            session.get_bind(), "before_cursor_execute", lambda *said: seen.append(str(said[2])[:20])
        )
        with transaction(session):
            announce_many(session, many(carts), now=NOW)
            assert len([text for text in seen if not text.startswith("BEGIN")]) <= 5
    with sessions() as session:
        counted = {event.subject: event.sequence for event in announced(session)}
    assert counted == {str(cart): 2 if cart == carts[3] else 1 for cart in carts}


def test_of_many_that_name_an_aggregate_twice_none_is_announced(sessions: sessionmaker[Session]) -> None:
    cart = new_id()
    with sessions() as session:
        with pytest.raises(ValueError, match="twice"):
            announce_many(session, many([cart, cart]), now=NOW)
        assert announced(session) == []
