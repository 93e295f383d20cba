"""Codes of providers and dealers: handed out serially, never again."""

from __future__ import annotations

from chassis.errors import Conflict

LAST_PROVIDER = 999_999
LAST_DEALER = 9_999


class CodesUsedUp(Conflict):
    """There is no free code left."""

    code = "identity.code.used_up"
    title = "编号已用完"
    next_step = "请联系平台运维人员扩展编号位数。"


def provider_code(serial: int) -> str:
    """240 → "000240", the last six digits of an order number (B4)."""
    if not 1 <= serial <= LAST_PROVIDER:
        raise CodesUsedUp
    return f"{serial:06d}"


def dealer_code(serial: int) -> str:
    """1 → "D0001"; part of the name of a dealer's queue (B15)."""
    if not 1 <= serial <= LAST_DEALER:
        raise CodesUsedUp
    return f"D{serial:04d}"
