"""What becomes of deliveries, on both databases, with a queue that only remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa
from bus import Consumer, Event, NotYet, project, react
from bus.envelope import encode
from bus.errors import BrokerGone
from bus.handling.handler import DatabaseGone, Handler
from bus.handling.outcomes import Outcomes
from bus.policy import Policy
from bus.tables import attempts, inbox
from bus.transport.base import ATTEMPTS, REASON, Delivery, Message
from chassis.db import make_engine, make_sessions, reading
from chassis.ids import new_id
from sqlalchemy.orm import Session

NOW = datetime(2026, 11, 24, 5, 54, 35, tzinfo=UTC)
SACK, STONE = "mill.sack.ground.v1", "mill.stone.changed.v1"


class Queue:
    """Publisher and subscription in one."""

    def __init__(self) -> None:
        self.acked: list[UUID] = []
        self.delayed: list[tuple[Message, float]] = []
        self.dead: list[Message] = []
        self.up = True

    def ack(self, deliveries: Sequence[Delivery]) -> None:
        self.acked += [each.message.id for each in deliveries]

    def delay(self, _queue: str, message: Message, *, seconds: float) -> bool:
        if self.up:
            self.delayed.append((message, seconds))
        return self.up

    def bury(self, _queue: str, message: Message) -> bool:
        if self.up:
            self.dead.append(message)
        return self.up


class Bench:
    """A handler whose consumer calls the test's functions."""

    def __init__(self, url: str) -> None:
        from mill import app

        self.app = app
        self.engine = make_engine(url)
        self.sessions = make_sessions(app.db, self.engine)
        self.queue = Queue()
        self.calls: list[str] = []
        self.on_sack: Callable[[Session, Event], None] = lambda session, event: None
        self.stopping = False
        policy = Policy(delays=(5.0, 60.0), tries=3, starts=3)
        queue: Any = self.queue
        self.handler = Handler(
            consumer=Consumer("mill.bench", {SACK: react(self._sack), STONE: project(self._stones)}),
            sessions=self.sessions,
            outcomes=Outcomes(queue="mill.bench", publisher=queue, subscription=queue, policy=policy),
            policy=policy,
            clock=lambda: NOW,
            stopping=lambda: self.stopping,
        )

    def _sack(self, session: Session, event: Event) -> None:
        self.calls.append(f"sack {event.data['number']}")
        self.on_sack(session, event)
        app = self.app
        session.execute(app.ground.insert().values(sack_id=new_id(), number=event.data["number"]))

    def _stones(self, session: Session, events: Sequence[Event]) -> None:
        self.calls.append("stones " + " ".join(str(event.data["speed"]) for event in events))

    def rows(self) -> list[int]:
        with self.sessions() as session:
            return sorted(session.scalars(sa.select(self.app.ground.c.number)))

    def count(self, table: sa.Table) -> int:
        with reading(), self.sessions() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


@pytest.fixture
def bench(database: str) -> Iterator[Bench]:
    bench = Bench(database)
    yield bench
    bench.engine.dispose()


def sack(number: int, **changes: Any) -> Delivery:
    return _delivery(SACK, {"sack_id": str(new_id()), "number": number, "wish": "grind"}, **changes)


def stone(speed: int) -> Delivery:
    return _delivery(STONE, {"stone_id": str(new_id()), "speed": speed})


def _delivery(
    event_type: str, data: dict[str, Any], *, redelivered: bool = False, **headers: int
) -> Delivery:
    event = Event(
        id=new_id(), type=event_type, source="/kaike/mill", subject="x", time=NOW, sequence=1, data=data
    )
    named = {ATTEMPTS: headers["attempts"]} if headers else {}
    message = Message(id=event.id, type=event_type, body=encode(event).encode(), headers=named)
    return Delivery(message=message, redelivered=redelivered, tag=event.id.int % 10**9)


def failing(*numbers: int, error: type[Exception] = ValueError) -> Callable[[Session, Event], None]:
    def fail(_session: Session, event: Event) -> None:
        if event.data["number"] in numbers:
            raise error("as told")

    return fail


def test_a_batch_is_one_transaction_with_the_projections_first(bench: Bench) -> None:
    bench.handler.handle([sack(1), stone(10), sack(2), stone(20)])
    assert bench.calls == ["stones 10 20", "sack 1", "sack 2"]
    assert bench.rows() == [1, 2]
    assert len(bench.queue.acked) == 4


def test_a_duplicate_is_acknowledged_and_not_handled(bench: Bench) -> None:
    one, two = sack(1), sack(2)
    bench.handler.handle([one, two, one])
    bench.handler.handle([two])
    assert bench.calls == ["sack 1", "sack 2"]
    assert len(bench.queue.acked) == 4


def test_a_failing_batch_is_redone_one_by_one_and_only_the_culprit_waits(bench: Bench) -> None:
    bench.on_sack = failing(2)
    deliveries = [sack(1), sack(2), sack(3)]
    bench.handler.handle(deliveries)
    assert bench.rows() == [1, 3]
    ((message, seconds),) = bench.queue.delayed
    assert (message.id, message.attempts, seconds) == (deliveries[1].message.id, 1, 5.0)
    assert bench.calls.count("sack 2") == 1 + 3
    assert all(each.settled for each in deliveries)


def test_what_came_later_waits_longer_and_then_dies_with_its_reason(bench: Bench) -> None:
    bench.on_sack = failing(1)
    bench.handler.handle([sack(1, attempts=1)])
    assert bench.queue.delayed[0][1] == 60.0
    bench.handler.handle([sack(1, attempts=2)])
    (letter,) = bench.queue.dead
    assert letter.headers[REASON] == "ValueError: as told"
    assert letter.attempts == 2
    assert bench.count(attempts) == 0


def test_what_has_not_arrived_is_not_asked_for_again_at_once(bench: Bench) -> None:
    bench.on_sack = failing(1, error=NotYet)
    bench.handler.handle([sack(1)])
    assert bench.calls == ["sack 1"]
    assert bench.queue.delayed[0][1] == 5.0


def test_a_failure_that_passes_is_over_at_the_second_try(bench: Bench) -> None:
    def once(_session: Session, _event: Event) -> None:
        if len(bench.calls) == 1:
            raise ValueError("once")

    bench.on_sack = once
    bench.handler.handle([sack(1)])
    assert (bench.rows(), bench.queue.delayed) == ([1], [])


def test_a_failed_handler_leaves_nothing_behind(bench: Bench) -> None:
    def half(session: Session, event: Event) -> None:
        session.execute(bench.app.ground.insert().values(sack_id=new_id(), number=99))
        raise ValueError("after half of it")

    bench.on_sack = half
    bench.handler.handle([sack(1)])
    assert bench.rows() == []
    assert bench.count(inbox) == 0


def test_a_redelivered_message_is_counted_before_it_is_handled(bench: Bench) -> None:
    seen: list[int] = []
    bench.on_sack = lambda session, event: seen.append(bench.count(attempts))
    bench.handler.handle([sack(1, redelivered=True)])
    assert (seen, bench.count(attempts)) == ([1], 0)


def test_one_that_was_begun_three_times_without_an_end_is_buried_unhandled(bench: Bench) -> None:
    class Killed(BaseException):
        """Stands for a process that dies: nothing catches it."""

    def kill(_session: Session, _event: Event) -> None:
        raise Killed

    bench.on_sack = kill
    suspect = sack(1, redelivered=True)
    for _ in range(3):
        with pytest.raises(Killed):
            bench.handler.handle([suspect])
    bench.handler.handle([suspect])
    assert len(bench.calls) == 3
    assert "kills its process" in str(bench.queue.dead[0].headers[REASON])
    assert bench.count(attempts) == 0


def test_a_suspect_is_handled_alone_between_its_neighbours(bench: Bench) -> None:
    bench.handler.handle([sack(1), sack(2), sack(3, redelivered=True), sack(4), sack(5)])
    assert bench.rows() == [1, 2, 3, 4, 5]
    assert bench.calls == [f"sack {number}" for number in (1, 2, 3, 4, 5)]


def test_told_to_stop_it_leaves_what_it_has_not_begun(bench: Bench) -> None:
    def stop(_session: Session, event: Event) -> None:
        bench.stopping = event.data["number"] == 2

    bench.on_sack = stop
    deliveries = [sack(number, redelivered=True) for number in (1, 2, 3)]
    bench.handler.handle(deliveries)
    assert bench.rows() == [1, 2]
    assert [each.settled for each in deliveries] == [True, True, False]


def test_a_message_that_cannot_be_put_away_is_not_acknowledged(bench: Bench) -> None:
    bench.on_sack = failing(1)
    bench.queue.up = False
    with pytest.raises(BrokerGone):
        bench.handler.handle([sack(1)])
    assert bench.queue.acked == []


def test_a_database_that_is_away_is_nobodys_attempt(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("away"))

    one = sack(1)
    with monkeypatch.context() as patch:
        patch.setattr(Session, "execute", away)
        patch.setattr(Session, "scalars", away)
        with pytest.raises(DatabaseGone):
            bench.handler.handle([one, sack(2)])
    assert (bench.queue.acked, bench.queue.delayed, one.settled) == ([], [], False)
    bench.handler.handle([one])
    assert bench.rows() == [1]


def refused_by_a_full_or_read_only_database(session: Session, _event: Event) -> None:
    """What each database really says of a write: SQLite of a full disk, PostgreSQL of a standby."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sa.text("PRAGMA max_page_count = 1"))
        session.execute(sa.text("CREATE TABLE more AS SELECT zeroblob(1000000) AS bytes"))
    else:
        session.execute(sa.text("SET TRANSACTION READ ONLY"))
        session.execute(sa.text("CREATE TABLE more (bytes text)"))


def test_a_database_that_reads_and_cannot_write_costs_no_message_an_attempt(bench: Bench) -> None:
    bench.on_sack = refused_by_a_full_or_read_only_database
    one, suspect = sack(1), sack(2, redelivered=True)
    for delivery in [one, suspect] * 4:
        with pytest.raises(DatabaseGone):
            bench.handler.handle([delivery])
    assert (bench.queue.delayed, bench.queue.dead, bench.queue.acked) == ([], [], [])
    bench.engine.dispose()
    bench.on_sack = lambda session, event: None
    bench.handler.handle([one, suspect])
    assert (bench.rows(), bench.queue.dead, bench.count(attempts)) == ([1, 2], [], 0)


@pytest.mark.parametrize("state", ["08006", "25006", "53100", "53200", "57P01", "57P03", "58030"])
def test_a_database_that_says_it_is_away_costs_no_message_an_attempt(bench: Bench, state: str) -> None:
    away = psycopg.errors.lookup(state)("not now")

    def fail(_session: Session, _event: Event) -> None:
        raise sa.exc.DBAPIError("INSERT INTO bread", {}, away)

    bench.on_sack = fail
    with pytest.raises(DatabaseGone):
        bench.handler.handle([sack(1)])
    assert (bench.queue.delayed, bench.queue.dead, bench.queue.acked) == ([], [], [])


@pytest.mark.parametrize("error", [NotYet, ValueError])
def test_a_suspect_whose_delay_is_refused_has_ended_and_loses_no_start(
    bench: Bench, error: type[Exception]
) -> None:
    """During a memory alarm of the broker each delay is refused, as often as the message comes again."""
    bench.on_sack = failing(1, error=error)
    bench.queue.up = False
    suspect = sack(1, redelivered=True)
    for _ in range(5):
        with pytest.raises(BrokerGone):
            bench.handler.handle([suspect])
        assert bench.count(attempts) == 0
    bench.queue.up = True
    bench.handler.handle([suspect])
    assert (len(bench.queue.delayed), bench.queue.dead) == (1, [])


def test_a_suspect_whose_database_goes_away_again_and_again_loses_no_start(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise sa.exc.OperationalError("COMMIT", {}, psycopg.OperationalError("server closed the connection"))

    suspect = sack(1, redelivered=True)
    for _ in range(5):
        with monkeypatch.context() as patch:
            bench.on_sack = lambda session, event: patch.setattr(Session, "commit", away)
            with pytest.raises(DatabaseGone):
                bench.handler.handle([suspect])
    bench.on_sack = lambda session, event: None
    bench.handler.handle([])  # the next round, whatever it brings
    assert bench.count(attempts) == 0
    bench.handler.handle([suspect])
    assert (bench.rows(), bench.queue.dead) == ([1], [])


def test_a_type_without_a_handler_is_kept_for_a_newer_release(bench: Bench) -> None:
    stranger = Handler(
        consumer=Consumer("mill.bench", {}),
        sessions=bench.sessions,
        outcomes=bench.handler._outcomes,
        policy=Policy(delays=(5.0,)),
        clock=lambda: NOW,
    )
    stranger.handle([sack(1)])
    assert bench.queue.delayed[0][1] == 5.0
    assert bench.count(inbox) == 0


def test_a_message_whose_id_is_not_its_envelopes_is_dead(bench: Bench) -> None:
    one = sack(1)
    other = Delivery(message=Message(id=new_id(), type=SACK, body=one.message.body), redelivered=False, tag=1)
    bench.handler.handle([other])
    assert "not its envelope's" in str(bench.queue.dead[0].headers[REASON])
