"""Class passwords: six digits that people read to each other over the phone (K14)."""

from __future__ import annotations

import secrets

DIGITS = 6


def draw_password() -> str:
    """Six random digits; that no other open class has them is the database's to say."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
