"""Databases are made when they are missing, and troubles are named without the password."""

import psycopg
import pytest
from chassis.ids import new_id
from sqlalchemy.engine import make_url
from suite.backends import ensure
from suite.databases import DatabaseMissing, create_if_missing


@pytest.fixture
def address():
    url = make_url(ensure(rabbitmq=False).postgres).set(database=f"made_{new_id().hex}")
    yield url
    with psycopg.connect(text(url.set(database="postgres")), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{url.database}"')
        connection.execute("DROP ROLE IF EXISTS nobody_much")


def text(url):
    return url.render_as_string(hide_password=False)


def test_a_missing_database_is_made(address):
    create_if_missing(text(address))
    with psycopg.connect(text(address)) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == (address.database,)


def test_one_that_is_there_stays(address):
    create_if_missing(text(address))
    with psycopg.connect(text(address)) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    create_if_missing(text(address))
    with psycopg.connect(text(address)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_sqlite_needs_none():
    create_if_missing("sqlite:////nowhere/at/all.db")


def test_a_role_that_may_not_is_told_so_without_its_password(address):
    with psycopg.connect(text(address.set(database="postgres")), autocommit=True) as connection:
        connection.execute("CREATE ROLE nobody_much LOGIN PASSWORD 'very-secret'")
    with pytest.raises(DatabaseMissing, match="let the role create databases") as raised:
        create_if_missing(text(address.set(username="nobody_much", password="very-secret")))
    assert "very-secret" not in str(raised.value)


def test_a_server_that_does_not_answer_is_named():
    with pytest.raises(DatabaseMissing, match=r"127\.0\.0\.1:9/nothing cannot be reached"):
        create_if_missing("postgresql://someone:secret@127.0.0.1:9/nothing")
