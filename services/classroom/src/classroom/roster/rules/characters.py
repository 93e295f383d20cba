"""Which characters a name may have, whatever Unicode the interpreter knows (K11)."""

from __future__ import annotations

import unicodedata

_IDEOGRAPHS = (
    *(
        (0x2E80, 0x2FDF),
        (0x2FF0, 0x2FFF),
        (0x3005, 0x3007),
        (0x3021, 0x3029),
        (0x3038, 0x303B),
        (0x31C0, 0x31EF),
    ),
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF)),
    *((0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0x2CEB0, 0x2EBEF)),
    *((0x2EBF0, 0x2EE5F), (0x2F800, 0x2FA1F), (0x30000, 0x3134F), (0x31350, 0x323AF), (0x323B0, 0x3347F)),
)
"""Blocks of Han characters as of Unicode 17: radicals, descriptions (⿰亻尔), strokes, the unified ones with their
extensions A, B, C, D, E, F, I, G, H and J, and the compatibility ideographs."""

_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))
REPLACEMENT = "\ufffd"


def is_ideograph(character: str) -> bool:
    """Whether it stands in one of Unicode's blocks of Han characters."""
    return _within(character, _IDEOGRAPHS)


def is_private(character: str) -> bool:
    """Whether its look is agreed on privately: rare characters that a police system had before Unicode did."""
    return _within(character, _PRIVATE)


def why_refused(character: str) -> str | None:
    """Why a name cannot have this character, as the end of a Chinese sentence; None when it can."""
    if character == " " or is_ideograph(character) or is_private(character):
        return None
    if character == REPLACEMENT:
        return "表示原来的字在转换编码时丢失了，请重新录入"
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return "是控制字符，不是文字，请删除或重新录入"
    if ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF:
        return "在 Unicode 中不是字符，请删除或重新录入"
    if not character.isprintable():
        return "在 Unicode 中还没有指定为任何文字，请核对原件后重新录入"
    return None


def _within(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in ranges)
