"""No test leaves this machine."""

import socket

import pytest
from suite.testing.network import ForeignNetwork


def test_another_machine_is_refused():
    with socket.socket() as door, pytest.raises(ForeignNetwork, match=r"192\.0\.2\.1:80"):
        door.connect(("192.0.2.1", 80))
    with socket.socket() as door, pytest.raises(ForeignNetwork):
        door.connect_ex(("192.0.2.1", 80))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door, pytest.raises(ForeignNetwork):
        door.sendto(b"x", ("192.0.2.1", 53))


def test_names_of_other_machines_are_not_asked_for():
    with pytest.raises(ForeignNetwork, match=r"example\.org"):
        socket.create_connection(("example.org", 80))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_allowed(host):
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1])).close()
