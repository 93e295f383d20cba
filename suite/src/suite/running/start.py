"""Putting a running suite together."""

import fcntl
import os
import socket
import sys
from pathlib import Path

from chassis.config import SettingMissing
from chassis.db.migrate import WrongHead

from suite import environment, pages
from suite.databases import DatabaseMissing
from suite.environment import SettingWrong
from suite.parts import SERVICES, variable
from suite.running import sockets, warm
from suite.running.console import Console
from suite.running.supervisor import Supervisor


def run() -> None:
    """Start the suite on this machine and stay until it is told to stop.

    Raises:
        SettingWrong: a variable is wrong, the port is in use, or a suite runs on this ``var/`` already.
        StartFailed: a service could not be prepared.
        PagesNotBuilt: the pages have changed since they were built, and could not be built again.
    """
    folder = environment.var_folder()
    _be_alone_on(folder)
    doors = {"gateway": sockets.public(environment.port()), **sockets.internal()}
    console = Console(folder=folder)
    console.starting(databases=_databases(), bus="RabbitMQ" if os.environ.get("AMQP_URL") else "files")
    pages.build(console.say)
    warm.up()
    Supervisor(
        folder=folder,
        doors=doors,
        secrets=environment.kept_secrets(folder),
        console=console,
        prepare=_prepare,
        web=_web,
        worker=_worker,
    ).run()


def _databases() -> str:
    named = [name for name in SERVICES if os.environ.get(f"DATABASE_URL_{variable(name)}")]
    if len(named) == len(SERVICES):
        return "PostgreSQL"
    return f"PostgreSQL ({', '.join(named)}) and SQLite" if named else "SQLite"


def _be_alone_on(folder: Path) -> None:
    """Hold ``var/`` for this process and all that it starts: two suites on one bus would be one too many.

    The lock is never given back by hand: it is free again when the last of these processes has ended.
    """
    descriptor = os.open(folder / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        os.close(descriptor)
        raise SettingWrong(
            f"A suite runs on {folder} already: stop it with 'kaike stop', or set KAIKE_VAR to another folder"
        ) from problem


def _prepare(name: str) -> None:
    from suite import prepare

    try:
        prepare.bring_up_to_date(name)
        prepare.seed(name)
    except (DatabaseMissing, SettingMissing, WrongHead) as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)


def _web(name: str, door: socket.socket) -> None:
    from suite.web import serve

    serve(name, bind=f"fd://{door.fileno()}")


def _worker(name: str) -> None:
    from suite.worker import work

    work(name)
