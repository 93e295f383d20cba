"""The user's own file comes back marked, whatever program wrote it (K6)."""

from __future__ import annotations

import io

import pytest
from classroom.roster.actions.mark_errors import HEADING, mark_errors
from classroom.roster.actions.read_sheet import Sheet
from classroom.roster.rules.columns import HEADINGS, Column
from classroom.roster.rules.entries import Problem
from classroom.roster.rules.sheets import RowProblem
from files.judging.spreadsheet import JudgedSpreadsheet
from openpyxl import load_workbook

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
    sheet = Sheet(
        title=title,
        columns={column: place for place, column in enumerate(Column)},
        rows=[(2, [name, "1", "护照", "E12345678", "男"])],
        unread_formulas=frozenset(),
        headings=list(HEADINGS.values()),
    )
    marked = mark_errors(book=book, sheet=sheet, errors=[RowProblem(row=2, problem=WRONG)])
    page = load_workbook(io.BytesIO(marked)).active
    assert (page["A2"].value, page["F1"].value, page["A2"].comment.text) == ("张三", HEADING, WRONG.message)
