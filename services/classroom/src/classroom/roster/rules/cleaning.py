"""How each column of a roster is cleaned before it is judged and kept (K7, K11): one function, one table."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Mapping

from chassis.text import readable
from chassis.typed import bare_number

from classroom.roster.rules.columns import Column

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What shows nothing: zero-width spaces and joiners, direction marks, the byte order mark, soft hyphens, variation
selectors, fillers, tags (Unicode's default ignorable code points)."""
_SPACES = re.compile("[\\s\u2800\u0085\u001c-\u001f]+")
"""Every kind of space and line break: also U+3000, the no-break spaces and the blank Braille pattern."""
_APOSTROPHES = "'‘’＇"


class Cleaning(enum.Enum):
    """What is done to the texts of a column."""

    NAME = "spaces become one, invisible characters are dropped; the characters stay as written"
    FREE = "as a name, and what no text may have is dropped too: nothing is refused for it"
    WORD = "no spaces at all, invisible characters dropped, half-width"
    NUMBER = "as a word, in capital letters, without hyphens, brackets and Excel's apostrophe for text"


COLUMNS: Mapping[Column, Cleaning] = {
    Column.NAME: Cleaning.NAME,
    Column.CONTACT: Cleaning.FREE,
    Column.DOCUMENT_TYPE: Cleaning.WORD,
    Column.DOCUMENT_NUMBER: Cleaning.NUMBER,
    Column.SEX: Cleaning.WORD,
}


def cleaned(text: str, how: Cleaning) -> str:
    """The text as `how` says. "138　0013\\u200b8000\\n" as FREE → "138 00138000"."""
    visible = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    if how is Cleaning.NAME:
        return _one_space(visible)
    if how is Cleaning.FREE:
        return _one_space(readable(visible))
    if how is Cleaning.NUMBER:
        return bare_number(visible).lstrip(_APOSTROPHES).upper()
    return _SPACES.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", visible)))


def is_blank(text: str) -> bool:
    """Whether nothing of it can be seen."""
    return not cleaned(text, Cleaning.FREE)


def _one_space(text: str) -> str:
    return re.sub(" +", " ", text).strip(" ")
