"""Who the client is. What a stranger says about itself in headers is not believed."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from edge.config import Network


def client_address(*, peer: str, forwarded_for: str | None, trusted: tuple[Network, ...]) -> str:
    """The address that a request comes from.

    `peer` is the other end of the connection. Only when it is a trusted proxy is `forwarded_for` read, from the
    right: each trusted hop vouches for the address before it; the first one that is not trusted is the client.
    """
    if not _is_trusted(peer, trusted):
        return peer
    client = peer
    for hop in reversed([part.strip() for part in (forwarded_for or "").split(",") if part.strip()]):
        if not _is_address(hop):
            break
        client = hop
        if not _is_trusted(hop, trusted):
            break
    return client


def client_scheme(*, peer: str, forwarded_proto: str | None, trusted: tuple[Network, ...], tls: bool) -> str:
    """http or https: what a trusted proxy says, else what the settings say of this door."""
    if _is_trusted(peer, trusted) and forwarded_proto in {"http", "https"}:
        return forwarded_proto
    return "https" if tls else "http"


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def _is_trusted(text: str, trusted: tuple[Network, ...]) -> bool:
    if not _is_address(text):
        return False
    address = ip_address(text)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address.version == network.version and address in network for network in trusted)
