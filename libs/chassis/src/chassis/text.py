"""Which characters a text may have: one rule for what comes in, what goes out and what the contracts promise.

Controls (C0 and C1), noncharacters and lone surrogates show nothing, and XML, PostgreSQL or JSON cannot carry all of
them: one such character in a learner's name would break the workbook of a whole provider.
"""

from __future__ import annotations

import re

_NEVER = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
_BREAKS = r"\t\n\r\u2028\u2029"
_BEYOND = "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
"""The noncharacters of the other planes. Contracts leave them out: no escape for them is read by every program."""
_SURROGATES = r"\ud800-\udfff"

LINES_PATTERN = f"^[^{_NEVER}]*$"
"""For contracts: a text of several lines. Without surrogates, which no text in UTF-8 has."""
LINE_PATTERN = f"^[^{_NEVER}{_BREAKS}]*$"
"""For contracts: a text of one line, without tabs and line breaks."""

_UNREADABLE = re.compile(f"[{_NEVER}{_BEYOND}{_SURROGATES}]")
_UNREADABLE_IN_LINE = re.compile(f"[{_NEVER}{_BEYOND}{_BREAKS}{_SURROGATES}]")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")


def unreadable_in(text: str, *, lines: bool) -> str | None:
    """The first character that a text may not have, None when there is none. `lines` allows tabs and line breaks."""
    found = (_UNREADABLE if lines else _UNREADABLE_IN_LINE).search(text)
    return found[0] if found else None


def readable(text: str) -> str:
    """The text without what no text may have, its lines ended by a line feed: for whatever is written into workbooks,
    PDFs and XML, since what was kept before the rule may still break it."""
    return _LINE_ENDS.sub("\n", _UNREADABLE.sub("", text))


def code_point(character: str) -> str:
    """How people look a character up: "\\uffff" → "U+FFFF"."""
    return f"U+{ord(character):04X}"
