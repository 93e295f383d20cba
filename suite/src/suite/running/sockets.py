"""Listening sockets: bound once by the parent, so that a process that restarts loses no connection."""

import errno
import socket

from suite.environment import SettingWrong
from suite.parts import DOORS

BACKLOG = 512


def public(port: int) -> socket.socket:
    """The socket of the gateway, on all addresses of this machine.

    Raises:
        SettingWrong: the port is in use or not ours to take.
    """
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("0.0.0.0", port))
    except OSError as problem:
        door.close()
        if problem.errno == errno.EADDRINUSE:
            raise SettingWrong(
                f"Port {port} is in use: stop what listens there, or take another: KAIKE_PORT={port + 10} make run"
            ) from problem
        raise SettingWrong(
            f"Port {port} cannot be taken ({problem.strerror}): set KAIKE_PORT to another"
        ) from problem
    door.listen(BACKLOG)
    return door


def internal() -> dict[str, socket.socket]:
    """One socket per other door, each on a free port of the loopback."""
    made = {}
    for name in DOORS:
        if name != "gateway":
            door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            door.bind(("127.0.0.1", 0))
            door.listen(BACKLOG)
            made[name] = door
    return made
