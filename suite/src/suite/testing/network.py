"""A guard that refuses sockets to anything but this machine and the test servers."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from suite.backends import AMQP, POSTGRES


class ForeignNetwork(AssertionError):
    """A test tried to leave this machine: give it a server of its own instead."""


def _allowed(host: str) -> bool:
    if host in {"", "localhost", socket.gethostname(), *_test_servers()}:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _test_servers() -> set[str]:
    addresses = (os.environ.get(POSTGRES), os.environ.get(AMQP), os.environ.get("DOCKER_HOST"))
    return {urlsplit(address).hostname or "" for address in addresses if address}


def _check(family: int, address: Any) -> None:
    inside = family not in (socket.AF_INET, socket.AF_INET6)
    if inside or not isinstance(address, tuple) or _allowed(str(address[0])):
        return
    raise ForeignNetwork(f"a test tried to reach {address[0]}:{address[1]}; only this machine is allowed")


@contextmanager
def only_our_own() -> Iterator[None]:
    """Inside, connecting or sending to another machine, or asking for its name, raises ForeignNetwork."""
    connect, connect_ex, sendto, getaddrinfo = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.socket.sendto,
        socket.getaddrinfo,
    )

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _check(self.family, address)
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _check(self.family, address)
        return connect_ex(self, address)

    def guarded_sendto(self: socket.socket, *arguments: Any) -> int:
        _check(self.family, arguments[-1])
        return sendto(self, *arguments)

    def guarded_getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _allowed(str(name)):
            raise ForeignNetwork(f"a test asked for the address of {name}; only this machine is allowed")
        return getaddrinfo(host, *arguments, **options)

    with (
        mock.patch.object(socket.socket, "connect", guarded_connect),
        mock.patch.object(socket.socket, "connect_ex", guarded_connect_ex),
        mock.patch.object(socket.socket, "sendto", guarded_sendto),
        mock.patch.object(socket, "getaddrinfo", guarded_getaddrinfo),
    ):
        yield
