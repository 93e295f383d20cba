"""The six document types of a roster and how each number must look (K7)."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping

from classroom.roster.rules.cleaning import Cleaning, cleaned


class DocumentType(enum.StrEnum):
    """What a person shows to prove who they are."""

    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    HK_MACAU_PERMIT = "hk_macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGN_PERMANENT_RESIDENCE = "foreign_permanent_residence"
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit"


LABELS: Mapping[DocumentType, str] = {
    DocumentType.RESIDENT_ID: "居民身份证",
    DocumentType.PASSPORT: "护照",
    DocumentType.HK_MACAU_PERMIT: "港澳居民来往内地通行证",
    DocumentType.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    DocumentType.FOREIGN_PERMANENT_RESIDENCE: "外国人永久居留身份证",
    DocumentType.HMT_RESIDENCE_PERMIT: "港澳台居民居住证",
}

_OTHER_NAMES: Mapping[str, DocumentType] = {
    "身份证": DocumentType.RESIDENT_ID,
    "中国居民身份证": DocumentType.RESIDENT_ID,
    "二代身份证": DocumentType.RESIDENT_ID,
    "中国护照": DocumentType.PASSPORT,
    "外国护照": DocumentType.PASSPORT,
    "港澳通行证": DocumentType.HK_MACAU_PERMIT,
    "回乡证": DocumentType.HK_MACAU_PERMIT,
    "港澳居民往来内地通行证": DocumentType.HK_MACAU_PERMIT,
    "台胞证": DocumentType.TAIWAN_PERMIT,
    "台湾通行证": DocumentType.TAIWAN_PERMIT,
    "台湾居民往来大陆通行证": DocumentType.TAIWAN_PERMIT,
    "外国人永久居留证": DocumentType.FOREIGN_PERMANENT_RESIDENCE,
    "港澳居民居住证": DocumentType.HMT_RESIDENCE_PERMIT,
    "台湾居民居住证": DocumentType.HMT_RESIDENCE_PERMIT,
}

_BY_LABEL = {label: kind for kind, label in LABELS.items()} | dict(_OTHER_NAMES)

SHAPES: Mapping[DocumentType, tuple[re.Pattern[str], str]] = {
    DocumentType.RESIDENT_ID: (re.compile(r"[0-9]{17}[0-9X]"), "应为 18 位：前 17 位是数字，末位是数字或 X"),
    DocumentType.PASSPORT: (re.compile(r"[A-Z0-9]{5,15}"), "应为 5～15 位字母或数字"),
    DocumentType.HK_MACAU_PERMIT: (
        re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})"),
        "应为字母 H 或 M 加 8 位或 10 位数字",
    ),
    DocumentType.TAIWAN_PERMIT: (
        re.compile(r"[0-9]{8}|[0-9]{10}"),
        "应为 8 位或 10 位数字；若开头的 0 丢失，请把该列设为文本后重新填写",
    ),
    DocumentType.FOREIGN_PERMANENT_RESIDENCE: (
        re.compile(r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]"),
        "应为 3 个字母加 12 位数字，或以 9 开头的 18 位号码",
    ),
    DocumentType.HMT_RESIDENCE_PERMIT: (
        re.compile(r"8[123][0-9]{15}[0-9X]"),
        "应为以 81、82 或 83 开头的 18 位号码",
    ),
}
"""Type → the whole number as a pattern, and the sentence that describes it."""


def read_document_type(text: str) -> DocumentType | None:
    """The type that a cell's text means, by its label, a common other name or its own word; None when unknown."""
    plain = cleaned(text, Cleaning.WORD)
    try:
        return DocumentType(plain)
    except ValueError:
        return _BY_LABEL.get(plain)
