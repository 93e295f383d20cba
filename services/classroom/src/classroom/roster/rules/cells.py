"""What people typed into a spreadsheet's cell, as text (K7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

MOST_EXACT_DIGITS = 15
"""Excel keeps 15 digits of a number; the rest become zeros without a word."""
LONGEST_READ = 2_000
"""Characters of a cell that are looked at: more than any column may have."""

_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}")
_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#DIV/0!", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """A cell that has no value of its own, and what Excel shows in it."""

    kind: Literal["formula", "error_value", "merged"]
    shown: str = ""


CellValue = str | int | float | bool | date | datetime | time | timedelta | Flaw
Cells = Mapping[int, CellValue]
"""A row's cells by their columns, counted from 0. Empty ones are left out."""


def cell_text(value: CellValue | None) -> str:
    """The cell as the user sees it: 13800138000.0 → "13800138000", a day → "2026-11-24", empty → ""."""
    if value is None:
        return ""
    if isinstance(value, Flaw):
        return value.shown
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)[:LONGEST_READ].strip()


def flaw_of(value: CellValue | None) -> Flaw | None:
    """The cell's flaw, also when an error value was copied as text."""
    if isinstance(value, Flaw):
        return value
    if isinstance(value, str) and value.strip().upper() in _ERRORS:
        return Flaw(kind="error_value", shown=value.strip())
    return None


def lost_digits(value: CellValue | None) -> bool:
    """Whether a number was too long for Excel to keep, so that its last digits are gone (K7)."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return bool(abs(value) >= 10**MOST_EXACT_DIGITS)


def is_scientific(text: str) -> bool:
    """Whether a text is a number as Excel shortens it, "1.10105E+17": its last digits are gone."""
    return _SCIENTIFIC.fullmatch(text) is not None
