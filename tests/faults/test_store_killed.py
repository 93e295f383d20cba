"""The file store is killed under the jobs that need it, not asked to end; they wait, and the worker's loop goes on."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest
import sqlalchemy as sa
from botocore.exceptions import BotoCoreError, ClientError
from chassis import clock, troubles
from chassis.db import transaction
from chassis.jobs import Work, enqueue
from chassis.jobs.loop import run_loop
from chassis.jobs.model import jobs
from chassis.service import Service
from chassis.testing.plugin import Committed
from files.settings import store_from_settings
from milling import until
from suite.backends.process import free_port

KEYS = {"S3_BUCKET": "kaike", "S3_ACCESS_KEY_ID": "id", "S3_SECRET_ACCESS_KEY": "secret"}


class StoreServer:
    """An S3 of this test's own, in a process that can be killed. What it kept is gone with it."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environ(self) -> dict[str, str]:
        return {**KEYS, "S3_ENDPOINT_URL": f"http://127.0.0.1:{self.port}"}

    def start(self) -> None:
        """Start it, with the bucket in it."""
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = boto3.client(
            "s3",
            endpoint_url=self.environ["S3_ENDPOINT_URL"],
            region_name="us-east-1",
            aws_access_key_id="id",
            aws_secret_access_key="secret",
        )
        until(lambda: _has_bucket(client), seconds=60, what="for the store to answer")

    def kill(self) -> None:
        """SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def _has_bucket(client: Any) -> bool:
    try:
        client.create_bucket(Bucket=KEYS["S3_BUCKET"])
    except (BotoCoreError, ClientError):
        return False
    return True


@pytest.fixture
def store() -> Iterator[StoreServer]:
    server = StoreServer()
    yield server
    server.kill()


def keep(work: Work) -> dict[str, str]:
    """A job that writes a file."""
    store = store_from_settings(work.settings)
    return {"key": store.put(b"bread", content_type="image/png", prefix="bread")}


@pytest.fixture
def service() -> Service:
    from catalog.app import SERVICE

    return replace(SERVICE, jobs={"keep": keep}, periodic=())


@pytest.fixture
def backend() -> str:
    return "postgres"


def states(committed: Committed) -> list[tuple[str, int]]:
    """Each job's state and how many attempts it has cost."""
    with committed.sessions() as session:
        found = session.execute(sa.select(jobs.c.state, jobs.c.attempts).order_by(jobs.c.created_at))
        return [(state, attempts) for state, attempts in found]


def ask_for(committed: Committed, count: int) -> None:
    with committed.sessions() as session, transaction(session):
        for _ in range(count):
            enqueue(session, kind="keep", args={}, owner_id=None, now=clock.now())


def test_jobs_wait_for_a_killed_file_store_without_losing_an_attempt(
    committed: Committed, service: Service, store: StoreServer
) -> None:
    settings = replace(committed.settings, environ={**committed.settings.environ, **store.environ})
    stop = threading.Event()
    loop = threading.Thread(target=run_loop, args=(service, settings, committed.sessions, stop), daemon=True)
    store.start()
    troubles.begin()
    ask_for(committed, 20)
    loop.start()
    try:
        until(lambda: ("done", 1) in states(committed), seconds=60, what="for the work to be under way")
        store.kill()
        ask_for(committed, 10)
        until(lambda: "store" in troubles.lately(settings.var), seconds=60, what="for the store to be missed")
        assert ("failed", 1) not in states(committed)
        store.start()
        until(lambda: states(committed) == [("done", 1)] * 30, seconds=90, what="for all jobs to be done")
        assert loop.is_alive()
    finally:
        stop.set()
        loop.join(30)
