"""A wake-up between processes of one machine: an empty datagram to a local socket, nothing more.

It may be lost; whoever waits also looks again after a while. The sockets lie in a short folder of their own
because their paths may have no more than about 100 characters.
"""

from __future__ import annotations

import hashlib
import os
import select
import socket
import tempfile
from pathlib import Path

import structlog

log = structlog.get_logger("bus.doorbell")


def ring(name: str) -> None:
    """Wake everybody who waits under this name; nobody waiting is no error, and what can't be rung is only logged:
    what the ring is about is already done."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as sender:
            for path in _folder().glob(f"{_stem(name)}.*"):
                _ring_one(sender, path)
    except OSError as error:
        log.warning("wakeup.failed", error=type(error).__name__)


class Doorbell:
    """A socket that waits under a name; several may share one name, all are rung."""

    def __init__(self, name: str) -> None:
        """Open for business at once."""
        self._path = _folder() / f"{_stem(name)}.{os.getpid():x}-{id(self):x}"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._path.unlink(missing_ok=True)
        self._socket.bind(str(self._path))

    def wait(self, timeout: float) -> bool:
        """Block until rung, or `timeout` seconds. Whether it was rung."""
        readable, _, _ = select.select([self._socket], [], [], max(timeout, 0))
        if readable:
            self.silence()
        return bool(readable)

    def silence(self) -> None:
        """Forget the rings so far: call it before looking for work, never after."""
        while True:
            try:
                self._socket.recv(16)
            except BlockingIOError:
                return

    def ring(self) -> None:
        """Wake only this one; from any thread."""
        sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        try:
            _ring_one(sender, self._path)
        finally:
            sender.close()

    def close(self) -> None:
        """Nobody waits here any more."""
        self._path.unlink(missing_ok=True)
        self._socket.close()


def _ring_one(sender: socket.socket, path: Path) -> None:
    try:
        sender.sendto(b"!", str(path))
    except BlockingIOError:
        return  # its bell is full: it is already awake
    except ConnectionRefusedError:
        path.unlink(missing_ok=True)  # left behind by a process that was killed
    except FileNotFoundError:
        return  # closed meanwhile


def _stem(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"kaike-bells-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
