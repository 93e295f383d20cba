"""Names with every Han character that Unicode has by now, whatever the interpreter knows (K11)."""

from __future__ import annotations

from datetime import date

import pytest
from classroom.roster.rules.characters import why_refused
from classroom.roster.rules.entries import Problem, Written, judge_entry
from classroom.roster.rules.names import name_key, tidy_name
from classroom.testing import resident_number

IDEOGRAPHS = {
    "unified": "䶮",
    "extension A": "\u3447",
    "extension B": "\U00020bb7",
    "extension C": "\U0002a700",
    "extension D": "\U0002b740",
    "extension E": "\U0002b820",
    "extension F": "\U0002ceb0",
    "extension G": "\U00030000",
    "extension H, newer than Python 3.11": "\U000323af",
    "extension I, newer than Python 3.12": "\U0002ebf0",
    "extension J of Unicode 17": "\U00033479",
    "compatibility": "\ufa0e",
    "compatibility supplement": "\U0002f800",
    "the latest of the first block": "\u9fff",
    "zero": "〇",
    "repetition": "々",
    "a description": "⿰亻尔",
    "a description of Unicode 15.1": "\u2ffe亻",
}


def problems_of(name: str) -> list[Problem]:
    written = Written(
        name=name, contact="1", document_type="居民身份证", document_number=resident_number(1), sex="男"
    )
    return judge_entry(written=written, today=date(2026, 3, 2))[1]


@pytest.mark.parametrize("sign", IDEOGRAPHS.values(), ids=IDEOGRAPHS)
def test_every_ideograph_is_taken_without_a_word_and_kept_as_written(sign):
    assert problems_of(f"王{sign}") == []
    assert tidy_name(f" 王{sign}\u3000") == f"王{sign}"
    assert name_key(f"王 {sign}") == name_key(f"王{sign}")


@pytest.mark.parametrize("sign", ["\ue000", "\uf8ff", "\U000f0000", "\U0010fffd"], ids=ascii)
def test_a_private_character_is_taken_with_a_warning_that_names_it(sign):
    (problem,) = problems_of(f"王{sign}")
    assert (problem.code, problem.warning) == ("private_use", True)
    assert f"U+{ord(sign):04X}" in problem.message


@pytest.mark.parametrize(
    "sign", ["\x01", "\x7f", "\uffff", "\ufdd0", "\U0001fffe", "\ufffd", "\u0378", "\U00033480"], ids=ascii
)
def test_what_is_refused_is_named_by_its_code_point_and_why(sign):
    (problem,) = problems_of(f"王{sign}")
    assert (problem.code, problem.warning) == ("unreadable", False)
    assert f"U+{ord(sign):04X} {why_refused(sign)}" in problem.message


def test_other_scripts_and_signs_of_names_are_taken():
    for name in ("买买提·艾力", "Nguyễn Thị Ánh", "O'Brien-Smith", "ئۇيغۇر", "འཇིགས", "Ⅲ世"):
        assert problems_of(name) == []
