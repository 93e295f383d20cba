"""Who the client is."""

from __future__ import annotations

import pytest
from chassis.config import SettingMissing
from edge.addresses import client_address
from edge.config import EdgeSettings

TRUSTED = EdgeSettings.from_env({"KAIKE_TRUSTED_PROXIES": "10.0.0.0/8,fd00::/8"}).trusted_proxies


@pytest.mark.parametrize(
    ("peer", "said", "client"),
    [
        ("198.51.100.7", "1.1.1.1", "198.51.100.7"),
        ("10.1.1.1", None, "10.1.1.1"),
        ("10.1.1.1", "198.51.100.7", "198.51.100.7"),
        ("10.1.1.1", "6.6.6.6, 198.51.100.7, 10.2.2.2", "198.51.100.7"),
        ("10.1.1.1", "6.6.6.6, nonsense, 10.2.2.2", "10.2.2.2"),
        ("fd00::1", "2001:db8::5", "2001:db8::5"),
        ("", "1.1.1.1", ""),
    ],
)
def test_only_trusted_hops_vouch_for_the_one_before(peer: str, said: str | None, client: str):
    assert client_address(peer=peer, forwarded_for=said, trusted=TRUSTED) == client


@pytest.mark.parametrize(
    "environ",
    [{"KAIKE_TRUSTED_PROXIES": "the proxy"}, {"KAIKE_EDGE_READ_SECONDS": "soon"}, {"KAIKE_ENV": "staging"}],
)
def test_settings_that_cannot_be_read_stop_the_start(environ: dict[str, str]):
    with pytest.raises(SettingMissing):
        EdgeSettings.from_env(environ)
