"""The user's own file, with every error at its cell (K6)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from files.judging.spreadsheet import JudgedSpreadsheet
from files.workbooks import saved, write_text
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from classroom.roster.actions.read_sheet import Sheet
from classroom.roster.actions.workbooks import plain_sheet
from classroom.roster.rules.cells import cell_text
from classroom.roster.rules.columns import HEADINGS
from classroom.roster.rules.sheets import RowProblem

HEADING = "错误说明"
_RED = PatternFill("solid", start_color="FFFFC7CE")


def mark_errors(*, book: JudgedSpreadsheet, sheet: Sheet, errors: Sequence[RowProblem]) -> bytes:
    """An .xlsx: each wrong cell red with a note, and a last column that says all of its row's errors."""
    page = _open(book, sheet)
    last = max(page.max_column or 0, len(sheet.headings)) + 1
    write_text(page.cell(row=1, column=last), HEADING)
    page.cell(row=1, column=last).font = Font(bold=True, color="FF9C0006")
    said: dict[int, list[str]] = {}
    for each in errors:
        column = each.problem.column
        _mark(page.cell(row=each.row, column=sheet.columns[column] + 1), each.problem.message)
        said.setdefault(each.row, []).append(f"{HEADINGS[column]}：{each.problem.message}")
    for row, messages in said.items():
        write_text(page.cell(row=row, column=last), "\n".join(messages))
    return saved(page.parent)


def _open(book: JudgedSpreadsheet, sheet: Sheet) -> Any:
    """The roster's sheet in its workbook; an .xls, which cannot be written, as its texts in a new one."""
    if book.kind == "xlsx":
        try:
            workbook = load_workbook(io.BytesIO(book.data))
            if sheet.title in workbook.sheetnames:
                return workbook[sheet.title]
        except (KeyError, ValueError, TypeError, AttributeError, IndexError):
            # Written by a program that openpyxl does not understand, though it could be read: its texts, then.
            return _rebuilt(sheet)
    return _rebuilt(sheet)


def _rebuilt(sheet: Sheet) -> Any:
    rows: list[Sequence[str]] = [sheet.headings]
    for number, cells in sheet.rows:
        rows += [[]] * (number - 1 - len(rows))
        rows.append([cell_text(each) for each in cells])
    return plain_sheet(rows=rows)


def _mark(cell: Any, message: str) -> None:
    if cell.__class__.__name__ == "MergedCell":  # it has no value and no style of its own
        return
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(f"{before}{message}", "开课", width=320, height=90)
    cell.fill = _RED
