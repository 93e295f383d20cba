"""Whether a document number can be right (K7)."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from classroom.roster.rules.cleaning import Cleaning, cleaned
from classroom.roster.rules.document_types import LABELS, SHAPES, DocumentType

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

PROVINCES = frozenset(
    f"{number}"
    for numbers in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71,),
        range(81, 84),
    )
    for number in numbers
)
"""First two digits in use. No county table: such tables are never complete, so an unknown region only warns."""

_EARLIEST_BIRTH = date(1900, 1, 1)

_ENCODED = frozenset({DocumentType.RESIDENT_ID, DocumentType.HMT_RESIDENCE_PERMIT})
"""Types whose 18 digits are region, birth date, serial (odd for men) and check digit."""


_FIRST_GENERATION = re.compile(r"[0-9]{15}")
_FIRST_GENERATION_TOLD = "这是 15 位的第一代身份证号码，2013 年起已停用，请填写现在的 18 位号码。"


class Sex(enum.StrEnum):
    """As the document says."""

    MALE = "male"
    FEMALE = "female"


SEX_LABELS = {Sex.MALE: "男", Sex.FEMALE: "女"}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong (an error) or looks odd (a warning) about a value."""

    code: str
    message: str
    warning: bool = False


def tidy_number(text: str) -> str:
    """The number as it is kept: no spaces, hyphens or invisible marks, half-width, capital letters (K7).

    " １１0105 19491231 002x" → "11010519491231002X". A leading apostrophe is Excel's mark for text.
    """
    return cleaned(text, Cleaning.NUMBER)


def read_sex(text: str) -> Sex | None:
    """男/女 (also 男性/女性, or the API's own words) → Sex; None when unknown."""
    plain = cleaned(text, Cleaning.WORD)
    known = {"男": Sex.MALE, "男性": Sex.MALE, "女": Sex.FEMALE, "女性": Sex.FEMALE}
    return known.get(plain) or (Sex(plain) if plain in set(Sex) else None)


def check_digit(seventeen: str) -> str:
    """The 18th sign for the first 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def judge_number(*, kind: DocumentType, number: str, sex: Sex | None, today: date) -> list[Finding]:
    """Everything wrong or odd about a tidied `number` of this `kind` (K7).

    A resident ID must have a real, past birth date, the right check digit and the sex of its 17th digit. A
    Hong Kong/Macau/Taiwan residence permit is built the same way, but K7 asks only for its length and region:
    what disagrees there is a warning.
    """
    pattern, shape = SHAPES[kind]
    if kind is DocumentType.RESIDENT_ID and _FIRST_GENERATION.fullmatch(number):
        return [Finding(code="shape", message=_FIRST_GENERATION_TOLD)]
    if pattern.fullmatch(number) is None:
        return [Finding(code="shape", message=f"{LABELS[kind]}号码格式不正确，{shape}。")]
    if kind not in _ENCODED:
        return []
    strict = kind is DocumentType.RESIDENT_ID
    found = _judge_encoded(number=number, sex=sex, today=today)
    return [each if strict else Finding(code=each.code, message=each.message, warning=True) for each in found]


def _judge_encoded(*, number: str, sex: Sex | None, today: date) -> Iterator[Finding]:
    born = _birth_date(number[6:14])
    if born is None or not _EARLIEST_BIRTH <= born < today:
        yield Finding(
            code="birth_date", message=f"证件号码中的出生日期（{number[6:14]}）不是真实的日期，请核对。"
        )
    if number[17] != check_digit(number[:17]):
        yield Finding(code="check_digit", message="证件号码的最后一位校验码不正确，请逐位核对是否录错。")
    written = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    if sex is not None and sex is not written:
        yield Finding(
            code="sex",
            message=f"性别与证件号码不一致：第 17 位表示{SEX_LABELS[written]}，请核对性别或号码。",
        )
    if number[:2] not in PROVINCES:
        yield Finding(code="region", message="证件号码开头的地区代码不常见，请核对。", warning=True)


def _birth_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def mask_number(number: str) -> str:
    """The number for lists (X13): enough to tell two people apart, never the birth date or the whole.

    "11010519491231002X" → "1101************2X"; "E12345678" → "E1*****78"; short ones show only the ends.
    """
    head, tail = (4, 2) if len(number) >= 15 else (2, 2) if len(number) >= 8 else (1, 1)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]
