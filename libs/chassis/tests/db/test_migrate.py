"""Migrations on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from bakery.app import SERVICE
from chassis.db import make_engine
from chassis.db.migrate import LOCK, WrongHead, differences, migrate, require_head
from chassis.ids import new_id
from sqlalchemy.engine import make_url


@pytest.fixture
def migrated(databases, backend):
    with databases.copy(SERVICE, backend) as url:
        yield url


def test_the_migrated_database_is_what_the_models_say(migrated):
    assert differences("bakery", migrated, SERVICE.db) == []


def test_migrating_twice_changes_nothing(migrated):
    assert migrate("bakery", migrated, SERVICE.db) == require_head("bakery", migrated)


def test_a_process_refuses_a_database_at_another_revision(tmp_path):
    with pytest.raises(WrongHead, match="kaike migrate"):
        require_head("bakery", f"sqlite:///{tmp_path}/empty.db")


def test_two_processes_that_migrate_at_once_make_one_database(databases, backend):
    url = databases._fresh(f"bakery_{new_id().hex[-8:]}", backend)
    code = "import sys; from bakery.app import SERVICE; from chassis.db.migrate import migrate; "
    code += "print(migrate('bakery', sys.argv[1], SERVICE.db))"
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = [
        subprocess.Popen([sys.executable, "-c", code, url], env=environ, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60)[0].strip() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert said == [require_head("bakery", url)] * 2
    if backend == "postgres":
        databases._admin(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


def test_the_limits_of_requests_do_not_end_a_migration(migrated, backend, monkeypatch):
    if backend == "sqlite":
        return  # it has no such limits
    short = {"connect_args": {"options": "-c statement_timeout=50 -c lock_timeout=50"}}
    monkeypatch.setattr("chassis.db.migrate.make_engine", lambda url: make_engine(url, **short))
    first = make_engine(migrated)
    with first.connect() as connection, ThreadPoolExecutor(1) as threads:
        connection.execute(sa.text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        second = threads.submit(migrate, "bakery", migrated, SERVICE.db)
        # Held for longer than a request would have waited.
        connection.execute(sa.text("SELECT pg_sleep(0.3)"))
        assert not second.done()
        connection.execute(sa.text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
        assert second.result(30) == require_head("bakery", migrated)
    first.dispose()
