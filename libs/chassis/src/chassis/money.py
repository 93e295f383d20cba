"""Money: CNY, an integer of fen inside, a decimal string of yuan with two places outside; never a float."""

from __future__ import annotations

import re

_YUAN = re.compile(r"(0|[1-9][0-9]{0,12})\.([0-9]{2})")


def yuan(fen: int) -> str:
    """7500 → "75.00"; negative amounts keep their sign."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole}.{rest:02d}"


def fen(text: str) -> int:
    """ "75.00" → 7500. Raises ValueError for anything but a non-negative amount with two places."""
    matched = _YUAN.fullmatch(text)
    if matched is None:
        raise ValueError(f"not an amount of yuan with two places: {text!r}")
    return int(matched[1]) * 100 + int(matched[2])
