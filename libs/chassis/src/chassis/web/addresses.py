"""Which address a request comes from, and under which address somebody is counted."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request


def address_of_client() -> str:
    """The address that limits count: what the nearest proxy says (the gateway writes exactly one), else the
    connection's."""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return counted_as(forwarded or request.remote_addr or "unknown")


def counted_as(address: str) -> str:
    """The address itself; of IPv6 the network of 64 bits, which one customer gets: else each would have endless ones.

    An IPv4 address in IPv6's clothes counts as what it is, and what is no address stays as it is.
    """
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if isinstance(read, IPv6Address):
        return str(read.ipv4_mapped or ip_network((read.packed[:8] + bytes(8), 64)))
    return address
