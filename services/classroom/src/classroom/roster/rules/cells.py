"""What people typed into a spreadsheet's cell, as text (K7)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

CellValue = str | int | float | bool | date | datetime | time | timedelta

MOST_EXACT_DIGITS = 15
"""Excel keeps 15 digits of a number; the rest become zeros without a word."""


def cell_text(value: CellValue | None) -> str:
    """The cell as the user sees it: 13800138000.0 → "13800138000", a day → "2026-11-24", empty → ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value).strip()


def lost_digits(value: CellValue | None) -> bool:
    """Whether a number was too long for Excel to keep, so that its last digits are gone (K7)."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return bool(abs(value) >= 10**MOST_EXACT_DIGITS)
