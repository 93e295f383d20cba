"""What may be kept of an error that a page reports: enough to find its cause, nothing that names a person (K31)."""

from __future__ import annotations

import re

KINDS = ("view", "script", "promise", "chunk")

_QUERY = re.compile(r"\?[^\s)'\"]*")
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,64}\.\w+")
# A mobile number, a document number, a bank account; written with spaces or hyphens as well.
_NUMBER = re.compile(r"\d[\d\s-]{5,}\d[Xx]?")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


def nameless(text: str) -> str:
    """`text` with "…" for long numbers, mail addresses, queries of addresses and Chinese words.

    Our own messages and those of browsers are English: what is Chinese came from a field or from a person's name.
    """
    for pattern in (_QUERY, _MAIL, _NUMBER, _CHINESE):
        text = pattern.sub("…" if pattern is not _QUERY else "", text)
    return text
