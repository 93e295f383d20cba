"""Spaces of every kind, invisible characters, line breaks: one table says what becomes of them (K7, K11)."""

from __future__ import annotations

from datetime import date

import pytest
from classroom.roster.rules.cleaning import COLUMNS, is_blank
from classroom.roster.rules.columns import Column
from classroom.roster.rules.document_numbers import Sex
from classroom.roster.rules.document_types import DocumentType
from classroom.roster.rules.entries import Entry, Written, judge_entry
from classroom.testing import resident_number

TODAY = date(2026, 3, 2)
SPACES = [
    "\u3000",
    "\u00a0",
    "\u2003",
    "\u202f",
    "\u1680",
    "\u2800",
    "\t",
    "\n",
    "\r\n",
    "\u2028",
    "\x85",
    "\x0b",
]
INVISIBLE = [
    *(
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
        "\u200f",
        "\u202a",
        "\u202e",
        "\u2060",
        "\u2066",
        "\u2069",
        "\ufeff",
    ),
    *(
        "\u00ad",
        "\u034f",
        "\u061c",
        "\u115f",
        "\u180e",
        "\u3164",
        "\uffa0",
        "\ufe0f",
        "\U000e0100",
        "\U000e0041",
    ),
]


def entry_of(**changes: str) -> Entry:
    written = {
        "name": "欧阳 娜娜",
        "contact": "朝阳区 1 号",
        "document_type": "居民身份证",
        "document_number": resident_number(1),
        "sex": "男",
    }
    entry, problems = judge_entry(written=Written(**{**written, **changes}), today=TODAY)
    assert entry is not None, problems
    return entry


def test_the_table_says_how_each_column_is_cleaned():
    assert set(COLUMNS) == set(Column)


@pytest.mark.parametrize("space", SPACES, ids=ascii)
def test_every_space_is_one_space_in_texts_and_none_in_words(space):
    plain = entry_of()
    assert entry_of(name=f"{space}欧阳{space}{space}娜娜{space}") == plain
    assert entry_of(contact=f"{space}朝阳区{space}{space}1{space}号{space}") == plain
    number = resident_number(1)
    assert entry_of(document_number=f"{space}{number[:6]}{space}{number[6:]}{space}") == plain
    assert entry_of(document_type=f"居民{space}身份证{space}", sex=f"{space}男{space}") == plain


@pytest.mark.parametrize("sign", INVISIBLE, ids=ascii)
def test_invisible_characters_are_dropped_from_every_column(sign):
    number = resident_number(1)
    assert entry_of() == entry_of(
        name=f"{sign}欧阳 娜{sign}娜",
        contact=f"朝阳{sign}区 1 号{sign}",
        document_type=f"{sign}居民{sign}身份证",
        document_number=f"{number[:6]}{sign}{number[6:]}{sign}",
        sex=f"{sign}男{sign}",
    )
    assert is_blank(f" {sign}\u3000")


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\ufffe", "\uffff", "\ud800"], ids=ascii)
def test_nothing_is_refused_for_what_a_contact_has(sign):
    assert entry_of(contact=f"朝阳区{sign} 1 号") == entry_of()


def test_words_are_read_in_full_width_and_numbers_with_an_apostrophe():
    assert (
        entry_of(document_type="护照", document_number="'ｅ１２３４５６７８").document_number == "E12345678"
    )
    assert entry_of(document_type="ＲＥＳＩＤＥＮＴ＿ＩＤ".lower()).document_type is DocumentType.RESIDENT_ID
    assert entry_of(sex="男 性").sex is Sex.MALE
