"""Reading a user's workbook, .xls or .xlsx, into rows (K6)."""

from __future__ import annotations

import io
from dataclasses import dataclass

from files.judging.spreadsheet import JudgedSpreadsheet, SpreadsheetDamaged
from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from classroom.roster.actions.extent import require_small
from classroom.roster.rules.cells import CellValue, cell_text
from classroom.roster.rules.columns import Column, find_columns
from classroom.roster.rules.sheets import NumberedRow, SheetEmpty, filled_rows


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The roster's sheet: where its columns are and the rows that have something in them."""

    title: str
    columns: dict[Column, int]
    rows: list[NumberedRow]
    unread_formulas: frozenset[tuple[int, Column]]
    headings: list[str]


def read_sheet(*, book: JudgedSpreadsheet) -> Sheet:
    """The first visible worksheet. Row numbers are Excel's.

    Raises SheetTooWide, SpreadsheetDamaged, SheetEmpty, HeadingsMerged, ColumnsMissing, ColumnsRepeated,
    TooManyRows.
    """
    formulas = require_small(book=book)
    sheet = _first_sheet(book)
    cells: list[list[CellValue]] = sheet.to_python(skip_empty_area=False)
    if not cells or not any(cell_text(value) for row in cells for value in row):
        raise SheetEmpty
    headings = [cell_text(value) for value in cells[0]]
    merged = any(top == 0 for (top, _), _ in sheet.merged_cell_ranges or ())
    columns = find_columns(headings=headings, merged=merged)
    numbered: list[NumberedRow] = list(enumerate(cells[1:], start=2))
    unread = _unread_formulas(book, sheet.name, numbered, columns) if formulas else frozenset()
    rows = filled_rows(rows=numbered, columns=columns, unread_formulas=unread)
    return Sheet(title=sheet.name, columns=columns, rows=rows, unread_formulas=unread, headings=headings)


def _first_sheet(book: JudgedSpreadsheet) -> CalamineSheet:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(book.data))
        for about in workbook.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible:
                return workbook.get_sheet_by_name(about.name)
    except (CalamineError, OSError, ValueError) as error:
        raise SpreadsheetDamaged from error
    raise SheetEmpty


def _unread_formulas(
    book: JudgedSpreadsheet, title: str, rows: list[NumberedRow], columns: dict[Column, int]
) -> frozenset[tuple[int, Column]]:
    """The roster's cells that have a formula and no result: programs that write workbooks leave it out."""
    last = rows[-1][0] if rows else 1
    try:
        workbook = load_workbook(io.BytesIO(book.data), read_only=True)
        written = list(workbook[title].iter_rows(min_row=1, max_row=max(last, 501), values_only=False))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise SpreadsheetDamaged from error
    known = dict(rows)
    found = set()
    for number, cells in enumerate(written, start=1):
        for column, place in columns.items():
            if number == 1 or place >= len(cells) or cells[place].data_type != "f":
                continue
            row = known.get(number, [])
            if place >= len(row) or not cell_text(row[place]):
                found.add((number, column))
    return frozenset(found)
