"""The user's own file comes back marked, whatever program wrote it (K6)."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from classroom.roster.actions.mark_errors import HEADING, mark_errors
from classroom.roster.actions.pages import Page
from classroom.roster.actions.read_sheet import Sheet, read_sheet
from classroom.roster.rules.columns import HEADINGS, Column
from classroom.roster.rules.entries import Problem
from classroom.roster.rules.sheets import RowProblem
from classroom.roster.testing import roster_file, row, saved, workbook
from files.judging import judge_spreadsheet
from files.judging.spreadsheet import JudgedSpreadsheet
from files.testing import texts_of_workbook
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

WRONG = Problem(
    column=Column.NAME, code="unreadable", message="姓名中有无法显示的字符，请重新录入。", value=""
)


@pytest.mark.parametrize(
    ("title", "name"),
    [("名单", "张\x01三"), ("名" * 40, "张三"), ("名单[1]:/", "张三"), ("", "张三")],
    ids=["a control character in a cell", "a long title", "signs in the title", "no title"],
)
def test_an_old_xls_with_what_no_xlsx_can_hold_comes_back_all_the_same(title, name):
    book = JudgedSpreadsheet(data=b"", kind="xls", content_type="")
    cells = dict(enumerate([name, "1", "护照", "E12345678", "男"]))
    sheet = Sheet(
        title=title,
        columns={column: place for place, column in enumerate(Column)},
        heading_row=1,
        rows=[(2, cells)],
        page=Page(title=title, rows={1: dict(enumerate(HEADINGS.values())), 2: cells}),
        notes=[],
    )
    marked = mark_errors(book=book, sheet=sheet, errors=[RowProblem(row=2, problem=WRONG)])
    page = load_workbook(io.BytesIO(marked)).active
    assert (page["A2"].value, page["F1"].value, page["A2"].comment.text) == (
        "张三",
        HEADING,
        f"【开课核对】\n{WRONG.message}",
    )


def marked_again(content: bytes, *wrong: tuple[int, Column]) -> Any:
    """The file as it comes back when these cells are wrong, opened."""
    book = judge_spreadsheet(content)
    sheet = read_sheet(book=book)
    errors = [
        RowProblem(row=row, problem=Problem(column=column, code="x", message=f"{column} 有误。", value=""))
        for row, column in wrong
    ]
    return load_workbook(io.BytesIO(mark_errors(book=book, sheet=sheet, errors=errors)))


def red(cell: Any) -> bool:
    return cell.fill.fill_type == "solid" and cell.fill.start_color.rgb == "FFFFC7CE"


def test_a_marked_file_that_comes_back_loses_its_old_marks_first():
    first = marked_again(roster_file([1, 2]), (2, Column.NAME), (3, Column.SEX))
    page = marked_again(saved(first), (3, Column.CONTACT)).active
    assert [cell.value for cell in page[1]] == [*HEADINGS.values(), HEADING]
    assert (page["F2"].value, page["F3"].value) == (None, "联系方式：contact 有误。")
    assert [cell.coordinate for row in page for cell in row if red(cell)] == ["B3"]
    assert [cell.coordinate for row in page for cell in row if cell.comment] == ["B3"]


def test_a_note_and_a_red_of_the_users_own_survive_being_marked_and_marked_again():
    book = workbook([row(1), row(2)])
    book.active["A2"].comment = Comment("问过本人", "王老师")
    book.active["C3"].fill = PatternFill("solid", start_color="FFFFC7CE")
    first = marked_again(saved(book), (2, Column.NAME))
    assert first.active["A2"].comment.text.startswith("问过本人\n")
    assert red(first.active["C3"])
    page = marked_again(saved(first), (3, Column.SEX)).active
    assert (page["A2"].comment.text, page["A2"].comment.author) == ("问过本人", "王老师")


def test_an_explanation_that_was_moved_away_is_taken_out_wherever_it_stands():
    first = marked_again(roster_file([1]), (2, Column.NAME))
    first.active.insert_cols(1)
    page = marked_again(saved(first), (2, Column.SEX)).active
    assert [cell.value for cell in page[1]].count(HEADING) == 1


@pytest.mark.parametrize("place", ["XFD2", "XFD1048576", "IV1", "F1", "G9000"])
def test_a_formatted_cell_does_not_push_the_explanation_away(place):
    book = workbook([row(1)])
    book.active[place].fill = PatternFill("solid", start_color="FF00FF00")
    page = marked_again(saved(book), (2, Column.NAME)).active
    assert (page["F1"].value, page["F2"].value) == (HEADING, "姓名：name 有误。")


def test_the_explanation_stands_right_of_the_users_own_columns():
    book = workbook([[*row(1), "甲方推荐"]], headings=[*HEADINGS.values(), "备注"])
    page = marked_again(saved(book), (2, Column.NAME)).active
    assert (page["F2"].value, page["G1"].value) == ("甲方推荐", HEADING)


@pytest.mark.parametrize("area", ["A5:XFD1048576", "A5:C100000"])
def test_a_huge_merged_area_comes_back_as_plain_texts(area):
    content = saved(workbook([row(1)]))
    merged = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode()
    page = marked_again(
        with_part(content, b"</sheetData>", b"</sheetData>" + merged), (2, Column.NAME)
    ).active
    assert (page.title, page["F1"].value) == ("学员名单", HEADING)


def test_a_link_over_the_whole_sheet_comes_back_as_plain_texts():
    link = b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'
    page = marked_again(with_part(saved(workbook([row(1)])), b"</sheetData>", link), (2, Column.NAME)).active
    assert (page.title, page["F1"].value) == ("学员名单", HEADING)


def with_part(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with something replaced in its sheet."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in good.infolist():
            text = good.read(entry)
            made.writestr(entry.filename, text.replace(old, new) if "sheet1" in entry.filename else text)
    return out.getvalue()


def test_what_begins_like_a_formula_in_an_old_xls_comes_back_as_text():
    cells = dict(enumerate(["=A1", "+1", "护照", "E12345678", "男"]))
    sheet = Sheet(
        title="名单",
        columns={column: place for place, column in enumerate(Column)},
        heading_row=1,
        rows=[(2, cells)],
        page=Page(title="名单", rows={1: dict(enumerate(HEADINGS.values())), 2: cells}),
        notes=[],
    )
    book = JudgedSpreadsheet(data=b"", kind="xls", content_type="")
    marked = mark_errors(book=book, sheet=sheet, errors=[RowProblem(row=2, problem=WRONG)])
    assert "=A1" in texts_of_workbook(marked)
