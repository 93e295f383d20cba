"""Processes that are measured: the suite's own web processes and workers, and floors under the same server."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import urllib3
from suite.backends.process import Program, free_port
from suite.parts import variable

from bench.ground import Ground

START_SECONDS = 60.0
KAIKE = str(Path(sys.executable).parent / "kaike")
_http = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(connect=1.0, read=5.0))


@contextmanager
def web(ground: Ground, service: str, *, keys: str) -> Iterator[int]:
    """The port of a service's web process, as its container runs it; papers are verified with the keys at `keys`."""
    port = free_port()
    command = [KAIKE, "web", service, "--bind", f"127.0.0.1:{port}"]
    told = {
        f"DATABASE_URL_{variable(service)}": ground.url(service),
        **{f"KAIKE_URL_{variable(issuer)}": keys for issuer in ("identity", "classroom", "supervision")},
    }
    with running(ground, f"{service}-web", command, told, ready=f"http://127.0.0.1:{port}/readyz"):
        yield port


@contextmanager
def worker(ground: Ground, service: str, *, amqp: str) -> Iterator[None]:
    """A service's worker process, ready: relay, consumers, jobs."""
    port = free_port()
    told = {
        f"DATABASE_URL_{variable(service)}": ground.url(service),
        "AMQP_URL": amqp,
        "KAIKE_WORKER_HEALTH": f"127.0.0.1:{port}",
    }
    address = f"http://127.0.0.1:{port}/readyz"
    with running(ground, f"{service}-worker", [KAIKE, "worker", service], told, ready=address):
        yield


@contextmanager
def floor(ground: Ground, target: str, *, keys: str = "") -> Iterator[int]:
    """The port of a floor ("bench.floors.x:factory"), served by the same gunicorn with the same settings."""
    port = free_port()
    command = [sys.executable, "-m", "suite.benches", "bench.serve", target, f"127.0.0.1:{port}"]
    told = {"DATABASE_URL": ground.url("floors"), "FLOOR_KEYS": keys}
    name = f"floor-{target.rpartition(':')[2]}"
    with running(ground, name, command, told, ready=f"http://127.0.0.1:{port}/readyz"):
        yield port


@contextmanager
def running(
    ground: Ground, name: str, command: list[str], told: Mapping[str, str], *, ready: str
) -> Iterator[Program]:
    """A process that answers 200 at `ready`, stopped afterwards. It knows nothing of our own environment."""
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(ground.folder),
        "LC_ALL": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "KAIKE_ENV": "production",
        "KAIKE_SECRET": ground.secret,
        "KAIKE_VAR": str(ground.folder / "var"),
        **told,
    }
    program = Program(
        command,
        environment=environment,
        user=None,
        home=ground.folder,
        log=ground.folder / f"{name}.log",
    )
    try:
        program.wait_until(lambda: _answers(ready), seconds=START_SECONDS)
        yield program
    finally:
        program.stop()


def _answers(address: str) -> bool:
    try:
        return _http.request("GET", address).status == 200
    except urllib3.exceptions.HTTPError:
        return False
