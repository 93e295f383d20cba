"""The small socket in ``var/`` by which ``kaike status``, ``restart`` and ``stop`` speak to a running suite."""

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAME = "control.sock"
LONGEST_LINE = 4096


class NotRunning(Exception):
    """No suite runs on this ``var/``."""


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """A socket's path may have about 100 characters, a folder's more: so the path is given relative to it."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def listen(folder: Path) -> socket.socket:
    """The parent's end; only for this user."""
    (folder / NAME).unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with _inside(folder):
        before = os.umask(0o177)
        try:
            door.bind(NAME)
        finally:
            os.umask(before)
    door.listen(8)
    door.setblocking(False)
    return door


def ask(folder: Path, command: str, *, seconds: float = 60, **arguments: str) -> dict[str, Any]:
    """Send one command to the suite that runs on ``folder`` and return its answer.

    Raises:
        NotRunning: nothing listens there.
    """
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with line:
        line.settimeout(seconds)
        try:
            with _inside(folder):
                line.connect(NAME)
            line.sendall(json.dumps({"command": command, **arguments}).encode() + b"\n")
            with line.makefile("rb") as answer:
                said = answer.readline()
        except OSError as problem:
            raise NotRunning(f"No suite runs on {folder}: start it with 'make run'") from problem
    if not said:
        raise NotRunning(f"The suite on {folder} ended before it answered")
    answered: dict[str, Any] = json.loads(said)
    return answered


def read(line: socket.socket) -> dict[str, Any]:
    """What was asked on an accepted connection; an empty answer when it cannot be read."""
    line.settimeout(2)
    with contextlib.suppress(OSError, ValueError), line.makefile("rb") as source:
        asked = json.loads(source.readline(LONGEST_LINE))
        if isinstance(asked, dict):
            return asked
    return {}


def answer(line: socket.socket, said: dict[str, Any]) -> None:
    """Answer and hang up; whoever asked may be gone."""
    with contextlib.suppress(OSError), line:
        line.sendall(json.dumps(said).encode() + b"\n")
