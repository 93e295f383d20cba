"""Notices to the relay."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
import pytest
import sqlalchemy as sa
from bus.wakeup import CHANNEL, Messenger, PostgresWake
from chassis.db import make_engine
from sqlalchemy.engine import make_url


@dataclass(frozen=True)
class Noted(PostgresWake):
    """A wake-up that only notes by which thread it was sent."""

    by: list[str] = field(default_factory=list, compare=False)
    sent: threading.Event = field(default_factory=threading.Event, compare=False)

    def notify(self) -> None:
        self.by.append(threading.current_thread().name)
        self.sent.set()


@pytest.fixture
def noted() -> Noted:
    return Noted(sa.create_engine("sqlite://"))


@pytest.fixture
def messenger() -> Iterator[Messenger]:
    made = Messenger()
    made.start()
    yield made
    made.close()


def test_without_a_messenger_whoever_announced_sends_it(noted: Noted) -> None:
    noted()
    assert noted.by == [threading.current_thread().name]


def test_a_messenger_sends_it_at_once_in_a_thread_of_its_own(messenger: Messenger, noted: Noted) -> None:
    noted()
    assert noted.sent.wait(10)
    assert noted.by == ["wakeup"]


def test_many_notices_are_few(noted: Noted) -> None:
    made = Messenger()
    made.start()
    for _ in range(10_000):
        noted()
    made.close()
    assert 0 < len(noted.by) < 1000


def test_what_was_wanted_last_is_sent_before_the_end(noted: Noted) -> None:
    made = Messenger()
    made.start()
    noted()
    made.close()
    assert noted.by == ["wakeup"]
    noted()
    assert noted.by[1:] == [threading.current_thread().name]


def test_one_that_fails_does_not_end_the_messenger(messenger: Messenger, noted: Noted) -> None:
    class Broken(Noted):
        def notify(self) -> None:
            self.sent.set()
            raise RuntimeError("no such door")

    broken = Broken(sa.create_engine("sqlite://"))
    broken()
    assert broken.sent.wait(10)
    noted()
    assert noted.sent.wait(10)


def test_who_listens_hears_it(postgres_address: str) -> None:
    engine, made = make_engine(postgres_address), Messenger()
    made.start()
    plain = make_url(postgres_address).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        PostgresWake(engine)()
        assert [heard.channel for heard in listener.notifies(timeout=10, stop_after=1)] == [CHANNEL]
    made.close()
    engine.dispose()
