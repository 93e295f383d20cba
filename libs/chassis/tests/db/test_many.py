"""Many rows in one statement, on both databases."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
import sqlalchemy as sa
from chassis.db import JSONDocument, UtcDateTime, insert_missing, transaction, upsert_many
from chassis.ids import new_id
from chassis.testing import race

TABLE = sa.Table(
    "ovens",
    sa.MetaData(),
    sa.Column("oven_id", sa.Uuid(), primary_key=True),
    sa.Column("version", sa.BigInteger(), nullable=False),
    sa.Column("name", sa.String(20), nullable=False),
    sa.Column("order", sa.Integer()),  # a word of SQL
    sa.Column("lit", sa.Boolean()),
    sa.Column("built_on", sa.Date()),
    sa.Column("lit_at", UtcDateTime()),
    sa.Column("owner_id", sa.Uuid()),
    sa.Column("said", JSONDocument),
    sa.UniqueConstraint("name", name="uq_ovens_name"),
)
NOW = datetime(2026, 11, 24, 5, 54, 35, 123456, tzinfo=UTC)


def oven(oven_id: UUID, version: int, **said):
    nothing = dict.fromkeys(("order", "lit", "built_on", "lit_at", "owner_id", "said"))
    return {"oven_id": oven_id, "version": version, "name": str(oven_id)[-12:], **nothing, **said}


@pytest.fixture
def ovens(session):
    TABLE.create(session.connection())
    return session


def kept(session) -> list[dict[str, object]]:
    return [dict(row._mapping) for row in session.execute(sa.select(TABLE).order_by(TABLE.c.oven_id))]


def test_every_kind_of_value_comes_back_as_an_insert_would_have_kept_it(ovens):
    full = {
        "name": "《炉》'\"\\:1 %(x)s",
        "order": -3,
        "lit": True,
        "built_on": date(2024, 2, 29),
        "lit_at": NOW.astimezone(timezone(timedelta(hours=8))),
        "owner_id": new_id(),
    }
    said = [{"词": ["x", None, 1.5, True], "深": {"a": {}}}, [], "text", 7, False, "2026-11-24"]
    rows = [oven(new_id(), 2**40)]
    rows += [
        oven(new_id(), 1, **{**full, "name": str(place), "said": each}) for place, each in enumerate(said)
    ]
    rows += [oven(new_id(), 1, **full)]
    upsert_many(ovens, TABLE, rows, key="oven_id")
    written = kept(ovens)
    ovens.execute(TABLE.delete())
    ovens.execute(TABLE.insert(), rows)
    assert written == kept(ovens) == [{**row, "lit_at": row["lit_at"] and NOW} for row in rows]


def test_nothing_is_sql_null_also_in_a_document(ovens):
    upsert_many(ovens, TABLE, [oven(new_id(), 1)], key="oven_id")
    assert ovens.scalar(sa.select(sa.func.count()).where(TABLE.c.said.is_(None))) == 1


def test_only_a_newer_state_replaces_what_is_kept_and_its_key_is_told(ovens):
    first, second, third, fourth = sorted(new_id() for _ in range(4))
    before = [oven(first, 5), oven(second, 5), oven(third, 5)]
    assert upsert_many(ovens, TABLE, before, key="oven_id") == {first, second, third}
    after = [
        oven(each, version, order=9) for each, version in ((first, 4), (second, 5), (third, 6), (fourth, 1))
    ]
    assert upsert_many(ovens, TABLE, after, key="oven_id") == {third, fourth}
    assert kept(ovens) == [before[0], before[1], after[2], after[3]]


def test_the_version_may_have_another_name(ovens):
    oven_id = new_id()
    for order in (2, 1, 3):
        upsert_many(ovens, TABLE, [oven(oven_id, 7 - order, order=order)], key="oven_id", version="order")
    assert kept(ovens) == [oven(oven_id, 4, order=3)]


def test_columns_that_are_not_named_stay_as_they_are(ovens):
    oven_id = new_id()
    upsert_many(ovens, TABLE, [oven(oven_id, 1, order=1)], key="oven_id")
    upsert_many(ovens, TABLE, [{"oven_id": oven_id, "version": 2, "name": "x"}], key="oven_id")
    assert kept(ovens) == [oven(oven_id, 2, order=1, name="x")]


def test_no_rows_are_no_statement(ovens):
    assert upsert_many(ovens, TABLE, [], key="oven_id") == set()
    insert_missing(ovens, TABLE, [])
    assert kept(ovens) == []


def test_what_is_there_stays_and_what_is_missing_is_inserted(ovens):
    there, missing = sorted((new_id(), new_id()))
    insert_missing(ovens, TABLE, [oven(there, 1)])
    insert_missing(ovens, TABLE, [oven(there, 2), oven(missing, 1), oven(new_id(), 3, name=str(there)[-12:])])
    assert kept(ovens) == [oven(there, 1), oven(missing, 1)]


@pytest.mark.parametrize("broken", [{"lit_at": datetime(2026, 1, 1)}, {"owner_id": object()}])  # noqa: DTZ001
def test_a_value_that_an_insert_would_refuse_is_refused(ovens, broken):
    with pytest.raises(Exception, match=r"naive|object"):
        upsert_many(ovens, TABLE, [oven(new_id(), 1, **broken)], key="oven_id")


def test_any_number_of_rows_is_one_statement(ovens):
    rows = [oven(new_id(), 1) for _ in range(5_000)]
    said = []
    engine = ovens.get_bind().engine

    def note(_connection, _cursor, statement, *_rest):
        said.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        assert len(upsert_many(ovens, TABLE, rows, key="oven_id")) == 5_000
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert len(said) == 1


def test_two_that_write_the_same_rows_in_another_order_never_wait_for_each_other(committed):
    with committed.sessions() as session, transaction(session):
        TABLE.create(session.connection())
    ids = [new_id() for _ in range(300)]
    start = threading.Barrier(2)

    def write(order: int):
        def work() -> None:
            for version in range(1, 12):
                start.wait(20)
                with committed.sessions() as session, transaction(session):
                    rows = [oven(each, 2 * version + order) for each in ids[:: 1 if order else -1]]
                    upsert_many(session, TABLE, rows, key="oven_id")

        return work

    assert race(write(0), write(1)) == [None, None]
