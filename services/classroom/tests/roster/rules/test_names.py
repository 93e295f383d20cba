"""Names: what is kept and what two writings share (K15)."""

import pytest
from classroom.roster.rules.names import name_key, tidy_name


@pytest.mark.parametrize(
    "written",
    [
        "买买提·艾力",
        "买买提•艾力",
        "买买提．艾力",
        "买买提.艾力",
        "买买提・艾力",
        " 买买提 · 艾力 ",
        "买买提‧艾力",
        "买买提。艾力",
        "买买提｡艾力",
        "买买提艾力",
    ],
)
def test_every_dot_and_space_is_the_same_name(written: str) -> None:
    assert name_key(written) == name_key("买买提·艾力")


def test_width_and_case_make_no_difference() -> None:
    assert name_key("ＬＩ，Ｍｉｎｇ") == name_key("li,ming")


def test_different_names_stay_different() -> None:
    assert name_key("张三") != name_key("张三丰")
    assert name_key("Anne-Marie") != name_key("AnneMarie")
    assert name_key("O'Brien") != name_key("OBrien")


@pytest.mark.parametrize("written", ["O’Brien", "O‘Brien", "OʼBrien", "O＇Brien", "o'brien"])
def test_every_apostrophe_is_the_same_name(written: str) -> None:
    assert name_key(written) == name_key("O'Brien")


@pytest.mark.parametrize("written", ["Anne‐Marie", "Anne‑Marie", "Anne–Marie", "Anne－Marie", "Anne - Marie"])
def test_every_hyphen_is_the_same_name(written: str) -> None:
    assert name_key(written) == name_key("Anne-Marie")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  欧阳　娜娜 ", "欧阳 娜娜"),
        ("买买提•艾力", "买买提·艾力"),
        ("Ｌｉ Ming", "Li Ming"),
        ("张\u200b三", "张三"),
        ("䶮", "䶮"),
        ("John Q. Smith", "John Q. Smith"),
    ],
)
def test_a_name_is_kept_tidy_but_as_written(written: str, kept: str) -> None:
    assert tidy_name(written) == kept
