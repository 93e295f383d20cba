"""Private servers: real, not root, gone with whoever started them."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest
from suite.backends import AMQP, POSTGRES, BackendMissing, LocalPostgres, ensure, install
from suite.backends.ensure import _address


@pytest.fixture(scope="module")
def postgres():
    server = LocalPostgres()
    yield server
    server.close()


def test_a_private_postgres_answers_and_does_not_run_as_root(postgres):
    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert Path(f"/proc/{postgres.program.popen.pid}").stat().st_uid != 0


def test_it_keeps_its_data_when_it_is_killed_and_started_again(postgres):
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    postgres.program.kill()
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


def test_addresses_in_the_environment_come_first(monkeypatch):
    monkeypatch.setenv(POSTGRES, "postgresql://elsewhere/db")
    monkeypatch.setenv(AMQP, "amqp://elsewhere/")
    found = ensure()
    assert (found.postgres, found.amqp) == ("postgresql://elsewhere/db", "amqp://elsewhere/")


def nothing(reason):
    def way(*_):
        raise BackendMissing(reason)

    return way


@pytest.fixture
def unset(monkeypatch):
    """No address is given; what the test exports is forgotten again."""
    monkeypatch.setenv(POSTGRES, "")
    monkeypatch.delenv(POSTGRES)


def postgres_by(container, local):
    return _address(POSTGRES, "PostgreSQL", "postgresql", container, local)


@pytest.mark.usefixtures("unset")
def test_containers_come_before_local_programs_and_children_hear_of_it():
    assert postgres_by(lambda: "container", lambda: "local") == "container"
    assert os.environ[POSTGRES] == "container"


@pytest.mark.usefixtures("unset")
def test_where_there_is_no_way_it_fails_and_says_what_to_do(monkeypatch):
    monkeypatch.setattr(install, "debian_package", nothing("not root"))
    advice = rf"set {POSTGRES}.*apt-get install postgresql.*no engine.*no programs.*not root"
    with pytest.raises(BackendMissing, match=advice):
        postgres_by(nothing("no engine"), nothing("no programs"))


@pytest.mark.usefixtures("unset")
def test_a_missing_package_is_installed_before_the_local_programs_are_tried_again(monkeypatch):
    installed = []
    monkeypatch.setattr(install, "debian_package", installed.append)

    def local():
        if not installed:
            raise BackendMissing("no programs")
        return "local"

    assert postgres_by(nothing("no engine"), local) == "local"
    assert installed == ["postgresql"]


HOLDER = """
import sys
from suite.backends import LocalPostgres
server = LocalPostgres()
print(server.program.popen.pid, flush=True)
sys.stdin.read()
"""


def test_servers_do_not_outlive_a_killed_test_run():
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        server = int(holder.stdout.readline())
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    end = time.monotonic() + 20
    while runs(server):
        assert time.monotonic() < end, "PostgreSQL outlived the process that started it"
        threading.Event().wait(0.05)


def runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
