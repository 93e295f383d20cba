"""What no row knows is swept, one shelf at a time, and never by a database that is the wrong one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog
from chassis import clock
from chassis.config import SettingMissing
from chassis.db import make_engine, transaction
from files import FolderStore, Store
from files.sweeping import SECONDS, SHELVES, Sweeper, shelf_at, sweeper
from sqlalchemy.orm import Session

tables = sa.MetaData()
cakes = sa.Table("cakes", tables, sa.Column("picture", sa.String), sa.Column("sketch", sa.String))
SWEEPER = Sweeper(service="bakery", lasting={"cakes": (cakes.c.picture, cakes.c.sketch)})


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A bakery's database."""
    engine = make_engine(f"sqlite:///{tmp_path}/bakery.db")
    tables.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def turn_of(shelf: str) -> datetime:
    """When this shelf's turn comes next, more than a day from now: all that lies there now is old."""
    after = clock.now() + timedelta(hours=25)
    steps = range(SHELVES)
    return next(at for step in steps if shelf_at(at := after + timedelta(seconds=step * SECONDS)) == shelf)


def keep(store: Store, *, shelf: str = "ab", number: int = 0, prefix: str = "cakes") -> str:
    key = f"{prefix}/{shelf}/{shelf}{number:030x}.png"
    store.put_at(key, b"cake", content_type="image/png")
    return key


def know(session: Session, *keys: str, column: str = "picture") -> None:
    for key in keys:
        session.execute(sa.insert(cakes).values({column: key}))
    session.commit()


def lying(store: Store, prefix: str = "cakes") -> set[str]:
    everything = clock.now() + timedelta(days=7)
    shelves = [store.old_keys(prefix, f"{place:02x}", before=everything) for place in range(SHELVES)]
    return {key for shelf in shelves for key in shelf}


def said(lines: list) -> list[tuple[str, str]]:
    return [(line["log_level"], line["event"]) for line in lines]


def test_what_no_column_knows_goes_and_what_one_knows_stays(store: Store, session: Session) -> None:
    picture, sketch, _ = (keep(store, number=number) for number in range(3))
    know(session, picture)
    know(session, sketch, column="sketch")
    with structlog.testing.capture_logs() as lines:
        SWEEPER.sweep(session, store=store, now=turn_of("ab"))
        SWEEPER.sweep(session, store=store, now=turn_of("ab"))
    assert lying(store) == {picture, sketch}
    assert [line for line in lines if line["event"] == "files_swept"] == [
        {
            "event": "files_swept",
            "log_level": "info",
            "service": "bakery",
            "prefix": "cakes",
            "shelf": "ab",
            "count": 1,
        }
    ]
    for key in (picture, sketch):
        store.delete(key)


def test_an_object_has_a_day_for_its_row_to_come(session: Session, tmp_path: Path) -> None:
    store, now = FolderStore(tmp_path / "files"), turn_of("ab")
    young, old = keep(store, number=1), keep(store, number=2)
    for key, age in ((young, timedelta(hours=23, minutes=59)), (old, timedelta(hours=24, minutes=1))):
        os.utime(tmp_path / "files" / key, times=((now - age).timestamp(),) * 2)
    SWEEPER.sweep(session, store=store, now=now)
    assert lying(store) == {young}


def test_one_round_is_one_shelf_and_all_rounds_are_all_shelves(session: Session, tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "files")
    _, there = keep(store, shelf="ab"), keep(store, shelf="ac")
    SWEEPER.sweep(session, store=store, now=turn_of("ab"))
    assert lying(store) == {there}
    start = datetime(2026, 3, 2, tzinfo=UTC)
    turns = [shelf_at(start + timedelta(seconds=SECONDS * turn)) for turn in range(SHELVES)]
    assert set(turns) == {f"{place:02x}" for place in range(SHELVES)}


def test_a_worker_that_stops_for_sixteen_hours_each_day_sees_every_shelf(session: Session) -> None:
    start, seen = datetime(2026, 3, 2, 9, tzinfo=UTC), set()
    for day in range(7):
        opens = start + timedelta(days=day)
        seen |= {shelf_at(opens + timedelta(seconds=SECONDS * turn)) for turn in range(8 * 3600 // SECONDS)}
    assert len(seen) == SHELVES


def test_many_keys_are_asked_for_in_batches(session: Session, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("files.sweeping.AT_ONCE", 4)
    store = FolderStore(tmp_path / "files")
    kept = [keep(store, number=number) for number in range(10)]
    know(session, *kept[:9])
    asked = []
    sa.event.listen(session.get_bind(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    SWEEPER.sweep(session, store=store, now=turn_of("ab"))
    assert lying(store) == set(kept[:9])
    # Three batches, and the same three once more for the figures, because one of the ten is unknown.
    assert len([text for text in asked if text.startswith("SELECT")]) == 2 * 3


@pytest.mark.parametrize("spread", [1, SHELVES], ids=["on one shelf", "one on each shelf"])
def test_a_database_that_knows_less_than_half_deletes_nothing_and_says_so(
    session: Session, tmp_path: Path, spread: int
) -> None:
    store = FolderStore(tmp_path / "files")
    kept = [keep(store, shelf=f"{number % spread:02x}", number=number) for number in range(12)]
    know(session, *kept[7:])
    with structlog.testing.capture_logs() as lines:
        SWEEPER.sweep(session, store=store, now=turn_of("00"))
    assert lying(store) == set(kept)
    assert said(lines) == [("error", "files_sweep_refused")]
    assert lines[0]["unknown"] * 2 > lines[0]["looked_at"] > 10
    know(session, *kept[1:7])
    SWEEPER.sweep(session, store=store, now=turn_of("00"))
    assert lying(store) == set(kept[1:])


def test_a_few_objects_say_nothing_about_the_database(session: Session, tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "files")
    for number in range(10):
        keep(store, number=number)
    SWEEPER.sweep(session, store=store, now=turn_of("ab"))
    assert lying(store) == set()


def test_what_passes_within_a_day_is_no_wonder_when_it_is_unknown(session: Session, tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "files")
    kept = [keep(store, number=number, prefix="orders") for number in range(20)]
    know(session, kept[0])
    passing = Sweeper(service="bakery", passing={"orders": (cakes.c.picture,)})
    passing.sweep(session, store=store, now=turn_of("ab"))
    assert lying(store, "orders") == {kept[0]}


def test_once_in_a_round_what_is_half_written_goes(session: Session, tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "files")
    half = tmp_path / "files" / ".incoming" / "x.png"
    half.write_bytes(b"half a cake")
    SWEEPER.sweep(session, store=store, now=turn_of("01"))
    assert half.exists()
    with structlog.testing.capture_logs() as lines:
        SWEEPER.sweep(session, store=store, now=turn_of("00"))
    assert not half.exists()
    assert said(lines) == [("info", "files_half_written_dropped")]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderStore:
    """The store that the worker's environment names, with twelve unknown cakes in it."""
    for name, value in (("ENV", "test"), ("SECRET", "s" * 40), ("FILES", str(tmp_path / "files"))):
        monkeypatch.setenv(f"KAIKE_{name}", value)
    store = FolderStore(tmp_path / "files")
    for number in range(12):
        keep(store, number=number)
    return store


@pytest.mark.parametrize(
    ("mode", "few", "left"), [("", True, 0), ("", False, 12), ("off", True, 3), ("all", False, 0)]
)
def test_people_may_stop_it_or_say_that_the_database_is_right(
    told: FolderStore, session: Session, monkeypatch: pytest.MonkeyPatch, mode: str, few: bool, left: int
) -> None:
    for key in sorted(lying(told))[3:] if few else ():
        told.delete(key)
    monkeypatch.setenv("KAIKE_SWEEP", mode)
    with transaction(session), structlog.testing.capture_logs() as lines:
        SWEEPER(session, turn_of("ab"))
    assert len(lying(told)) == left
    assert said(lines) == []  # nothing was done inside of the transaction


def test_a_mode_that_nobody_knows_sweeps_nothing(told: FolderStore, session: Session, monkeypatch) -> None:
    monkeypatch.setenv("KAIKE_SWEEP", "of")
    with pytest.raises(SettingMissing):
        SWEEPER._sweep_as_told(session, turn_of("ab"))
    assert len(lying(told)) == 12


def test_nothing_is_listed_while_the_lease_holds_the_write_lock(
    told: FolderStore, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = sa.create_engine(f"sqlite:///{tmp_path}/bakery.db", connect_args={"timeout": 0})
    listing, listed = FolderStore.old_keys, []

    def writes_meanwhile(self: FolderStore, *args: object, **about: object) -> list[str]:
        with other.begin() as connection:
            connection.execute(sa.insert(cakes).values(picture="x"))
        listed.append(args)
        return listing(self, *args, **about)

    monkeypatch.setattr(FolderStore, "old_keys", writes_meanwhile)
    with transaction(session):
        session.execute(sa.insert(cakes).values(picture="lease"))
        SWEEPER(session, turn_of("ab"))
    assert listed
    other.dispose()


def test_a_failing_round_leaves_the_lease_moved_and_is_told(told: FolderStore, session: Session) -> None:
    work = sweeper(service="bakery", lasting={"../cakes": (cakes.c.picture,)})
    assert (work.name, work.seconds) == ("files.sweep", SECONDS)
    with structlog.testing.capture_logs() as lines, transaction(session):
        session.execute(sa.insert(cakes).values(picture="lease"))
        work.run(session, turn_of("ab"))
    assert said(lines) == [("error", "after_commit_failed")]
    assert session.scalar(sa.select(sa.func.count()).select_from(cakes)) == 1
