"""The relay on both databases, with a publisher that does as it is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from bus.outbox import SHARDS, shard_of
from bus.relay import Relay
from bus.relay.rows import claim, oldest
from bus.tables import outbox
from bus.transport.base import Message
from chassis.db import make_engine, make_sessions, transaction
from chassis.ids import new_id
from milling import until
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

NOW = datetime(2026, 11, 24, 5, 54, 35, tzinfo=UTC)
END_OF_RELAYS = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Post:
    """A publisher that takes what it is not told to refuse."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []
        self.refused: set[str] = set()
        self.refreshed = 0
        self.arrived = threading.Event()

    def announce(self, messages: Sequence[Message]) -> list[bool]:
        from bus.envelope import decode

        answers = []
        for message in messages:
            event = decode(message.body)
            answers.append(event.subject not in self.refused)
            if answers[-1]:
                self.taken.append((event.subject, event.sequence))
        self.arrived.set()
        return answers

    def refresh(self) -> None:
        self.refreshed += 1


class Office:
    """An outbox and its relays."""

    def __init__(self, url: str) -> None:
        from mill import app

        self.app = app
        self.engine = make_engine(url)
        self.sessions = make_sessions(app.db, self.engine)

    def tell(self, *carts: UUID) -> None:
        with self.sessions() as session, transaction(session):
            for cart in carts:
                self.app.announce_sack(session, aggregate=cart, number=1, now=NOW)

    def left(self) -> int:
        with self.sessions() as session:
            return session.query(outbox).count()

    @contextmanager
    def relay(self, post: Any, **options: Any) -> Iterator[Relay]:
        relay = Relay(engine=self.engine, publisher=post, **options)
        thread = threading.Thread(target=relay.run)
        thread.start()
        try:
            yield relay
        finally:
            relay.stop()
            thread.join(10)
            assert not thread.is_alive()


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    office = Office(database)
    yield office
    office.engine.dispose()


def in_shard(*shards: int) -> UUID:
    """A cart whose aggregate lies in one of these shards."""
    return next(cart for cart in iter(new_id, None) if shard_of("cart", cart) in shards)


def test_what_is_confirmed_is_removed(office: Office) -> None:
    cart = new_id()
    office.tell(*[cart] * 5)
    post = Post()
    with office.relay(post):
        until(lambda: office.left() == 0)
    assert post.taken == [(str(cart), number) for number in range(1, 6)]


def test_an_announcement_is_sent_at_once_not_at_the_next_look(office: Office) -> None:
    post = Post()
    with office.relay(post, poll=60) as relay:
        until(lambda: relay.holding)
        for _ in range(3):
            post.arrived.clear()
            office.tell(new_id())
            assert post.arrived.wait(5)


def test_an_announcement_whose_wake_up_was_lost_is_found_by_looking(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bus.wakeup.relay_of", lambda _session: lambda: None)
    post = Post()
    with office.relay(post, poll=0.1) as relay:
        until(lambda: relay.holding)
        office.tell(new_id())
        assert post.arrived.wait(5)


def test_what_is_refused_stays_and_other_shards_go_on(office: Office) -> None:
    blocked, free = in_shard(1), in_shard(2)
    post = Post()
    post.refused.add(str(blocked))
    with office.relay(post, window=2):  # so small that what is refused would fill it for ever
        office.tell(blocked, blocked, free)
        until(lambda: (str(free), 1) in post.taken and office.left() == 2)
        office.tell(free)
        until(lambda: (str(free), 2) in post.taken)
        assert post.refreshed > 0
        post.refused.clear()
        until(lambda: office.left() == 0)
    assert [each for each in post.taken if each[0] == str(blocked)] == [(str(blocked), 1), (str(blocked), 2)]


def test_a_second_relay_waits_and_takes_over_when_the_first_leaves(office: Office) -> None:
    first, second = Post(), Post()
    with office.relay(second, poll=0.05) as waiting:
        until(lambda: waiting.holding == SHARDS)
        with office.relay(first, poll=0.05) as standby:
            office.tell(new_id())
            until(lambda: office.left() == 0)
            assert (len(first.taken), len(second.taken), standby.holding) == (0, 1, 0)
            waiting.stop()
            until(lambda: standby.holding == SHARDS)
            office.tell(new_id())
            until(lambda: office.left() == 0)
    assert (len(first.taken), len(second.taken)) == (1, 1)


def test_two_relays_with_shards_of_their_own_keep_the_order_of_each_aggregate(
    office: Office, backend: str
) -> None:
    if backend == "sqlite":
        shares: list[Sequence[int]] = [range(SHARDS)]  # a file has one relay by design
    else:
        shares = [range(0, SHARDS, 2), range(1, SHARDS, 2)]
    carts = [new_id() for _ in range(20)]
    post = Post()
    with office.relay(post, shards=shares[0], window=7), office.relay(post, shards=shares[-1], window=7):
        for _ in range(20):
            office.tell(*carts)
        until(lambda: office.left() == 0)
    for cart in carts:
        own = [sequence for subject, sequence in post.taken if subject == str(cart)]
        assert own == list(range(1, 21))


def test_the_age_of_the_oldest_row_is_known(office: Office) -> None:
    assert oldest(office.engine) is None
    office.tell(new_id())
    assert oldest(office.engine) == NOW


def test_it_stops_at_once_when_it_waits(office: Office) -> None:
    with office.relay(Post(), poll=60) as relay:
        until(lambda: relay.holding)
        began = time.monotonic()
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)  # on SQLite it listens to no session
def test_it_survives_a_session_that_ends_while_it_listens(office: Office) -> None:
    post = Post()
    with office.relay(post, poll=60) as relay:
        until(lambda: relay.holding)
        with office.engine.connect() as connection:
            connection.exec_driver_sql(END_OF_RELAYS)
        until(lambda: relay.holding == 0)
        until(lambda: relay.holding == SHARDS)
        office.tell(new_id())
        until(lambda: office.left() == 0)
    assert len(post.taken) == 1


def test_what_is_confirmed_and_cannot_be_removed_is_not_sent_once_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[Sequence[int]] = []

    def full(connection: Connection, ids: Sequence[int]) -> None:
        refused.append(ids)
        if len(refused) == 4:
            monkeypatch.undo()
        raise OperationalError("DELETE FROM bus_outbox", {}, psycopg.errors.DiskFull("no space"))

    monkeypatch.setattr("bus.relay.relay.remove", full)
    post = Post()
    with office.relay(post, poll=0.05):
        office.tell(new_id())
        until(lambda: office.left() == 0)
    assert (len(refused), len(post.taken)) == (4, 1)


def lose_its_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Close the relay's connection in its own thread: SQLite does not bear it from another one."""

    closed = threading.Event()

    def closing(connection: Connection, *arguments: Any, **options: Any) -> Any:
        if not closed.is_set():
            closed.set()
            connection.connection.driver_connection.close()  # type: ignore[union-attr]
        return claim(connection, *arguments, **options)

    monkeypatch.setattr("bus.relay.relay.claim", closing)


def test_it_survives_the_loss_of_its_session(
    office: Office, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post()
    with office.relay(post, poll=0.05) as relay:
        until(lambda: relay.holding)
        if backend == "postgres":
            with office.engine.connect() as connection:
                connection.exec_driver_sql(END_OF_RELAYS)
        else:
            lose_its_file_once(monkeypatch)
        office.tell(new_id())
        until(lambda: office.left() == 0)
    assert len(post.taken) == 1
