"""Names of people as they are written, kept and compared (K15)."""

from __future__ import annotations

import unicodedata

from classroom.roster.rules.cleaning import Cleaning, cleaned

MIDDLE_DOT = "·"
_OTHER_DOTS = "•‧∙・･⋅᛫˙●．"
"""What people and input methods put for the dot in 阿依古丽·买买提."""

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_KEPT = {ord(dot): MIDDLE_DOT for dot in _OTHER_DOTS}

_SAME_SIGNS = str.maketrans(
    dict.fromkeys("‘’ʼ＇`", "'") | dict.fromkeys("‐‑‒–—―−－", "-") | dict.fromkeys(f"{MIDDLE_DOT}.。｡", None)
)
"""Signs of which a keyboard offers one or the other, and the dot, which many leave out (K15)."""

LONGEST_NAME = 50
"""Characters."""
LONGEST_KEY = 100
"""Of `name_key`: a single sign may stand for a whole phrase."""


def tidy_name(text: str) -> str:
    """The name as it is kept and shown: one space inside, none around, one kind of dot, half-width letters.

    "  欧阳　娜娜 " → "欧阳 娜娜"; "买买提•艾力" → "买买提·艾力". The characters themselves stay as written: a
    rare variant of a character is part of the name.
    """
    return cleaned(text, Cleaning.NAME).translate(_KEPT).translate(_NARROW)


def name_key(text: str) -> str:
    """What two writings of one name share (K15): width, spaces, letter case, the middle dot (any kind, or left out),
    and which of the alike apostrophes and hyphens was typed make no difference.

    Used for comparing only; what is shown is `tidy_name`.
    """
    same_width = unicodedata.normalize("NFKC", tidy_name(text)).translate(_SAME_SIGNS)
    return "".join(same_width.split()).casefold()
