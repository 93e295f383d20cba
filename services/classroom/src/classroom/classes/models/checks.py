"""Texts of checks, from the same enumerations that the rules use."""

from __future__ import annotations

import enum
from collections.abc import Iterable


def one_of(column: str, choices: Iterable[enum.StrEnum]) -> str:
    """`state IN ('draft', 'open')`: what a check or a partial index says."""
    listed = ", ".join(f"'{each.value}'" for each in sorted(choices))
    return f"{column} IN ({listed})"
