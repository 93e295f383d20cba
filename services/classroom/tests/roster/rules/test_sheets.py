"""A whole file, judged row by row (K6, K7, K8)."""

from __future__ import annotations

from datetime import date

import pytest
from classroom.roster.rules.cells import Flaw, cell_text, lost_digits
from classroom.roster.rules.columns import (
    Column,
    ColumnsMissing,
    ColumnsRepeated,
    HeadingsMerged,
    find_columns,
    plain_heading,
)
from classroom.roster.rules.sheets import SheetEmpty, TooManyRows, filled_rows, judge_sheet
from classroom.testing import resident_number

TODAY = date(2026, 3, 2)
COLUMNS = {column: place for place, column in enumerate(Column)}


def row(number: int, **changes: object) -> dict[int, object]:
    good = {
        "name": "张三",
        "contact": 13800138000.0,
        "document_type": "居民身份证",
        "document_number": resident_number(number),
        "sex": "男" if number % 2 else "女",
    }
    return {place: {**good, **changes}[column.value] for place, column in enumerate(Column)}


def judged(*rows: dict[int, object]):
    return judge_sheet(rows=list(enumerate(rows, start=2)), columns=COLUMNS, today=TODAY)


def said(problems) -> list[tuple[int, str, str]]:
    return [(each.row, each.problem.column.value, each.problem.code) for each in problems]


def test_good_rows_become_entries():
    outcome = judged(row(1), row(2))
    assert outcome.errors == []
    assert outcome.rows[0].entry.contact == "13800138000"
    assert [each.row for each in outcome.rows] == [2, 3]


def test_every_error_of_every_row_is_listed():
    outcome = judged(
        row(1, name="", contact=""),
        row(2, document_type="驾驶证", sex="?"),
        row(3, sex="女"),
        row(4),
    )
    assert said(outcome.errors) == [
        (2, "name", "required"),
        (2, "contact", "required"),
        (3, "document_type", "unknown"),
        (3, "sex", "unknown"),
        (4, "document_number", "sex"),
    ]
    assert [each.row for each in outcome.rows] == [5]


def test_a_number_that_excel_has_cut_says_how_to_format_the_column():
    outcome = judged(row(1, document_number=110105199003070012.0))
    ((where, column, code),) = said(outcome.errors)
    assert (where, column, code) == (2, "document_number", "stored_as_number")
    assert "文本" in outcome.errors[0].problem.message


def test_a_short_number_stored_as_a_number_is_read_right():
    outcome = judged(row(1, document_type="台湾居民来往大陆通行证", document_number=12345678.0))
    assert outcome.errors == []
    assert outcome.rows[0].entry.document_number == "12345678"


def test_the_same_person_twice_is_an_error_that_names_the_other_row():
    outcome = judged(row(1), row(2), row(1))
    assert said(outcome.errors) == [(4, "document_number", "repeated")]
    assert "第 2 行" in outcome.errors[0].problem.message


def test_a_formula_without_its_result_is_an_error_of_that_cell_only():
    outcome = judged(row(1, document_number=Flaw(kind="formula")))
    assert said(outcome.errors) == [(2, "document_number", "formula")]


def test_empty_rows_are_left_out_and_none_at_all_is_an_empty_sheet():
    assert [
        number for number, _ in filled_rows(rows=[(2, {0: "", 1: " "}), (3, row(1))], columns=COLUMNS)
    ] == [3]
    with pytest.raises(SheetEmpty):
        filled_rows(rows=[(2, {}), (3, {0: ""})], columns=COLUMNS)


def test_five_hundred_rows_are_taken_and_five_hundred_and_one_are_not():
    rows = [(number, row(number)) for number in range(2, 502)]
    assert len(filled_rows(rows=rows, columns=COLUMNS)) == 500
    with pytest.raises(TooManyRows):
        filled_rows(rows=[*rows, (502, row(502))], columns=COLUMNS)


GOOD = ["姓名", "联系方式", "证件类型", "证件号码", "性别"]


def test_headings_are_found_in_any_order_with_stars_and_brackets():
    headings = ["序号", "性别", "* 姓 名（必填）", "证件号码", "证件类型", "联系方式:"]
    found = find_columns(headings=dict(enumerate(headings)), row=1).columns
    assert found[Column.NAME] == 2
    assert found[Column.SEX] == 1


def test_missing_repeated_and_merged_headings_are_named():
    with pytest.raises(ColumnsMissing) as missing:
        find_columns(headings=dict(enumerate(GOOD[:-1])), row=1)
    assert "性别" in str(missing.value)
    with pytest.raises(ColumnsRepeated):
        find_columns(headings=dict(enumerate([*GOOD, "姓名"])), row=1)
    with pytest.raises(HeadingsMerged):
        find_columns(headings=dict(enumerate(GOOD)), row=1, merged=True)


def test_cells_are_read_as_people_see_them():
    assert cell_text(13800138000.0) == "13800138000"
    assert cell_text(None) == ""
    assert cell_text(date(2020, 1, 2)) == "2020-01-02"
    assert cell_text(" x ") == "x"
    assert cell_text(1.5) == "1.5"
    assert plain_heading("＊姓名") == "姓名"
    assert lost_digits(1e15)
    assert not lost_digits(999_999_999_999_999)
    assert not lost_digits("110105199003070012")
