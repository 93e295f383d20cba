"""A database that can't do its work is our trouble, and for a while: 503 with a time, never 500."""

from __future__ import annotations

import errno

import psycopg
import pytest
import sqlalchemy as sa
from chassis.ids import new_id
from sqlalchemy.orm import Session

LOAF = {"name": "Rye", "price": "4.20"}


def answers_while(client, actor, monkeypatch, error):
    def refuse(self, *_args, **_kwargs):
        raise error

    caller = client.as_(actor("registrar", provider_id=new_id()))
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Session, "scalars", refuse)
        meanwhile.setattr(Session, "execute", refuse)
        return caller.get("/api/v1/bakery/loaves")


@pytest.mark.parametrize("state", ["08006", "25006", "53100", "53300", "57P01", "57P03", "58030"])
@pytest.mark.parametrize("by_the_driver", [False, True], ids=["wrapped", "driver"])
def test_a_database_that_says_it_is_away_answers_503_with_a_time(
    client, actor, monkeypatch, state, by_the_driver
):
    said = psycopg.errors.lookup(state)("not now")
    error = said if by_the_driver else sa.exc.InternalError("SELECT 1", {}, said)
    answer = answers_while(client, actor, monkeypatch, error)
    assert (answer.status_code, answer.json["code"]) == (503, "http.busy")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_write_into_a_database_that_only_reads_answers_503_with_a_time(committed, actor):
    caller = committed.client.as_(actor("registrar", provider_id=new_id()))
    with committed.app.app_context():
        engine = committed.app.extensions["sqlalchemy"].engine
    only_read = (
        "PRAGMA query_only = ON"
        if engine.dialect.name == "sqlite"
        else "SET default_transaction_read_only TO on"
    )

    @sa.event.listens_for(engine, "checkout")
    def stand_by(connection, _record, _proxy):
        connection.cursor().execute(only_read)
        if engine.dialect.name != "sqlite":
            connection.commit()

    answer = caller.post("/api/v1/bakery/loaves", json=LOAF)
    sa.event.remove(engine, "checkout", stand_by)
    engine.dispose()
    assert (answer.status_code, answer.json["code"]) == (503, "http.busy")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_full_disk_of_the_machine_answers_503_with_a_time(client, actor, monkeypatch):
    full = OSError(errno.ENOSPC, "No space left on device")
    answer = answers_while(client, actor, monkeypatch, full)
    assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (
        503,
        "http.busy",
        "60",
    )
