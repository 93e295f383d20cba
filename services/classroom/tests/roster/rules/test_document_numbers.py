"""Document numbers of all six types (K7), with two libraries as second opinions."""

from __future__ import annotations

import string
from datetime import date, timedelta

import pytest
from classroom.roster.rules.document_numbers import (
    PROVINCES,
    Sex,
    check_digit,
    judge_number,
    mask_number,
    read_sex,
    tidy_number,
)
from classroom.roster.rules.document_types import LABELS, DocumentType, read_document_type
from hypothesis import given
from hypothesis import strategies as st
from id_validator import validator
from stdnum.cn import ric

TODAY = date(2026, 3, 2)
KNOWN_COUNTIES = ["110105", "310101", "440305", "510104", "330106", "420106", "610113", "320102"]


def judge(kind: DocumentType, number: str, sex: Sex | None = None) -> list[tuple[str, bool]]:
    return [
        (each.code, each.warning) for each in judge_number(kind=kind, number=number, sex=sex, today=TODAY)
    ]


def errors(kind: DocumentType, number: str, sex: Sex | None = None) -> list[str]:
    return [code for code, warning in judge(kind, number, sex) if not warning]


@st.composite
def resident_numbers(draw: st.DrawFn) -> tuple[str, Sex]:
    county = draw(st.sampled_from(KNOWN_COUNTIES))
    born = draw(st.dates(date(1930, 1, 1), TODAY - timedelta(days=1)))
    serial = draw(st.integers(0, 999))
    front = f"{county}{born:%Y%m%d}{serial:03d}"
    return front + check_digit(front), Sex.MALE if serial % 2 else Sex.FEMALE


@given(resident_numbers())
def test_generated_resident_ids_are_right_by_our_rule_and_both_second_opinions(
    drawn: tuple[str, Sex],
) -> None:
    number, sex = drawn
    assert judge(DocumentType.RESIDENT_ID, number, sex) == []
    assert ric.calc_check_digit(number) == number[-1]
    assert f"{ric.get_birth_date(number):%Y%m%d}" == number[6:14]
    assert validator.is_valid(number)
    assert ric.is_valid(number) or not number.startswith("110105")  # its other counties have begun and ended


@given(resident_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(drawn: tuple[str, Sex], place: int, shift: int) -> None:
    number, _ = drawn
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert errors(DocumentType.RESIDENT_ID, wrong)
    assert not ric.is_valid(wrong)


@given(resident_numbers(), st.integers(0, 15))
def test_two_neighbours_swapped_are_always_found(drawn: tuple[str, Sex], place: int) -> None:
    number, _ = drawn
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or errors(DocumentType.RESIDENT_ID, swapped)


@given(resident_numbers())
def test_the_other_sex_is_an_error(drawn: tuple[str, Sex]) -> None:
    number, sex = drawn
    other = Sex.FEMALE if sex is Sex.MALE else Sex.MALE
    assert errors(DocumentType.RESIDENT_ID, number, other) == ["sex"]


@given(st.dates(TODAY, date(2099, 12, 31)))
def test_nobody_was_born_today_or_later(born: date) -> None:
    front = f"110105{born:%Y%m%d}001"
    assert "birth_date" in errors(DocumentType.RESIDENT_ID, front + check_digit(front))


@pytest.mark.parametrize("day", ["19900230", "19901301", "19900000", "18991231", "20010229"])
def test_a_birth_date_that_never_was_is_an_error(day: str) -> None:
    front = f"110105{day}001"
    assert errors(DocumentType.RESIDENT_ID, front + check_digit(front)) == ["birth_date"]


def test_a_leap_day_is_a_birth_date() -> None:
    front = "11010520000229001"
    assert judge(DocumentType.RESIDENT_ID, front + check_digit(front)) == []


def test_a_county_that_a_second_opinion_does_not_know_is_right() -> None:
    pudong = "31011519900307001" + check_digit("31011519900307001")
    assert not ric.is_valid(pudong)
    assert validator.is_valid(pudong)
    assert judge(DocumentType.RESIDENT_ID, pudong) == []


def test_an_unknown_region_only_warns() -> None:
    front = "99010519900307001"
    assert judge(DocumentType.RESIDENT_ID, front + check_digit(front)) == [("region", True)]
    assert {"11", "54", "65", "71", "81", "82", "83"} <= PROVINCES


RIGHT = [
    (DocumentType.RESIDENT_ID, "11010519491231002X"),
    (DocumentType.RESIDENT_ID, "440524188001010014"[:6] + "19800101001" + check_digit("44052419800101001")),
    (DocumentType.PASSPORT, "E12345678"),
    (DocumentType.PASSPORT, "AB123"),
    (DocumentType.HK_MACAU_PERMIT, "H12345678"),
    (DocumentType.HK_MACAU_PERMIT, "M1234567801"),
    (DocumentType.TAIWAN_PERMIT, "12345678"),
    (DocumentType.TAIWAN_PERMIT, "1234567801"),
    (DocumentType.FOREIGN_PERMANENT_RESIDENCE, "USA110123456789"),
    (DocumentType.FOREIGN_PERMANENT_RESIDENCE, "911124198108030024"),
    (DocumentType.HMT_RESIDENCE_PERMIT, "81000019900307001" + check_digit("81000019900307001")),
    (DocumentType.HMT_RESIDENCE_PERMIT, "83000019900307002" + check_digit("83000019900307002")),
]

WRONG = [
    (DocumentType.RESIDENT_ID, "1101051949123100"),
    (DocumentType.RESIDENT_ID, "110105491231002"),
    (DocumentType.RESIDENT_ID, "11010519491231002Y"),
    (DocumentType.RESIDENT_ID, "X1010519491231002X"),
    (DocumentType.PASSPORT, "E123"),
    (DocumentType.PASSPORT, "E1234567890123456"),
    (DocumentType.PASSPORT, "护照12345"),
    (DocumentType.HK_MACAU_PERMIT, "A12345678"),
    (DocumentType.HK_MACAU_PERMIT, "H123456789"),
    (DocumentType.HK_MACAU_PERMIT, "12345678"),
    (DocumentType.TAIWAN_PERMIT, "1234567"),
    (DocumentType.TAIWAN_PERMIT, "123456789"),
    (DocumentType.TAIWAN_PERMIT, "T12345678"),
    (DocumentType.FOREIGN_PERMANENT_RESIDENCE, "US1101234567890"),
    (DocumentType.FOREIGN_PERMANENT_RESIDENCE, "USA11012345678"),
    (DocumentType.FOREIGN_PERMANENT_RESIDENCE, "811124198108030024"),
    (DocumentType.HMT_RESIDENCE_PERMIT, "84000019900307001X"),
    (DocumentType.HMT_RESIDENCE_PERMIT, "8100001990030700"),
]


@pytest.mark.parametrize(("kind", "number"), RIGHT)
def test_these_can_be_right(kind: DocumentType, number: str) -> None:
    assert errors(kind, number) == []


@pytest.mark.parametrize(("kind", "number"), WRONG)
def test_these_cannot(kind: DocumentType, number: str) -> None:
    assert errors(kind, number) == ["shape"]


def test_a_residence_permit_with_a_wrong_check_digit_only_warns() -> None:
    assert judge(DocumentType.HMT_RESIDENCE_PERMIT, "810000199003070019") == [("check_digit", True)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (" 110105 19491231 002x ", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
        ("'11010519491231002X", "11010519491231002X"),
        ("110105\u00a01949\u200b1231002X", "11010519491231002X"),
        ("e12345678\n", "E12345678"),
        ("110105-19491231‑002X", "11010519491231002X"),
        ("", ""),
    ],
)
def test_spaces_width_and_small_letters_are_read_right(written: str, read: str) -> None:
    assert tidy_number(written) == read


@given(st.text(alphabet=string.ascii_letters + string.digits, min_size=5, max_size=18))
def test_a_mask_keeps_the_length_and_hides_the_middle(number: str) -> None:
    masked = mask_number(number)
    assert len(masked) == len(number)
    assert masked.count("*") >= len(number) - 6
    assert masked != number


def test_the_mask_of_a_resident_id_hides_the_birth_date() -> None:
    assert mask_number("11010519491231002X") == "1101************2X"


def test_every_type_is_read_by_its_label_and_its_word() -> None:
    for kind, label in LABELS.items():
        assert read_document_type(f" {label} ") is kind
        assert read_document_type(kind.value) is kind
    assert read_document_type("身份证") is DocumentType.RESIDENT_ID
    assert read_document_type("驾驶证") is None


@pytest.mark.parametrize(
    ("written", "sex"),
    [("男", Sex.MALE), (" 女 ", Sex.FEMALE), ("男性", Sex.MALE), ("female", Sex.FEMALE), ("?", None)],
)
def test_sex_is_read(written: str, sex: Sex | None) -> None:
    assert read_sex(written) is sex
