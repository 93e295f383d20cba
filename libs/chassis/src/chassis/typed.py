"""Numbers as people type and paste them."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = frozenset({"Cf", "Cc"})
_BETWEEN = _INVISIBLE | {"Pd", "Ps", "Pe"}
"""Categories: besides invisible ones, dashes and brackets."""
_MINUS = "\N{MINUS SIGN}"


def bare_number(text: str) -> str:
    """The number without what people put between its digits: spaces, hyphens and brackets of every kind, invisible
    characters. Full-width signs become narrow: " ＋86 139-0000\\u200b0012" → "+8613900000012".
    """
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(
        sign
        for sign in narrow
        if not sign.isspace() and sign != _MINUS and unicodedata.category(sign) not in _BETWEEN
    )


def spaced_number(text: str) -> str:
    """The number with its spaces and hyphens, which help to read it, each of one kind; for what is only shown.

    "０１０－６６５５\\u200b　４４３３ " → "010-6655 4433".
    """
    narrow = unicodedata.normalize("NFKC", text)
    one_dash = "".join(
        "-" if sign == _MINUS or unicodedata.category(sign) == "Pd" else sign for sign in narrow
    )
    one_space = re.sub(r"\s+", " ", one_dash)
    return "".join(sign for sign in one_space if unicodedata.category(sign) not in _INVISIBLE).strip()
