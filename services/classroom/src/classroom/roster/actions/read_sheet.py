"""Finding the roster in a user's workbook, .xls or .xlsx (K6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from files.judging.spreadsheet import JudgedSpreadsheet

from classroom.roster.actions.pages import Page
from classroom.roster.actions.read_xls import xls_pages
from classroom.roster.actions.read_xlsx import xlsx_pages
from classroom.roster.actions.workbooks import EXAMPLES_TITLE
from classroom.roster.rules.cells import Cells, cell_text
from classroom.roster.rules.cleaning import Cleaning, cleaned
from classroom.roster.rules.columns import HEADINGS, Column, Found, find_columns, known_headings
from classroom.roster.rules.sheets import NumberedRow, SheetEmpty, filled_rows

HEADING_IN_FIRST = 20
"""Rows with content among which the headings are looked for."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """What was understood otherwise than it was written, for its author to check."""

    code: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The roster's sheet: where its headings and columns are, and the rows that have something in them."""

    title: str
    columns: dict[Column, int]
    heading_row: int
    rows: list[NumberedRow]
    page: Page
    notes: list[Note]


def read_sheet(*, book: JudgedSpreadsheet) -> Sheet:
    """The first visible worksheet that has the roster's headings. Row numbers are Excel's.

    Raises SheetTooWide, SpreadsheetDamaged, SheetEmpty, HeadingsMerged, ColumnsMissing, ColumnsRepeated,
    TooManyRows.
    """
    pages = xls_pages(data=book.data) if book.kind == "xls" else xlsx_pages(data=book.data)
    filled = [page for page in pages if page.rows and page.title != EXAMPLES_TITLE]
    if not filled:
        raise SheetEmpty
    heads = [_heading_row(page) for page in filled]
    known = [_known(page, row) for page, row in zip(filled, heads, strict=True)]
    chosen = known.index(max(known))
    page, row = filled[chosen], heads[chosen]
    merged = any(area.top <= row and area.right > area.left for area in page.merged)
    found = find_columns(headings=_words(page.rows[row]), row=row, merged=merged)
    numbered: list[NumberedRow] = [
        (number, page.rows[number]) for number in sorted(page.rows) if number > row
    ]
    rows = filled_rows(rows=numbered, columns=found.columns)
    others = [
        other.title
        for other, words in zip(filled, known, strict=True)
        if other is not page and words == len(Column)
    ]
    notes = [
        *_sheet_notes(page, pages, others),
        *_heading_notes(page, row, found),
        *_hidden_notes(page, rows),
    ]
    return Sheet(title=page.title, columns=found.columns, heading_row=row, rows=rows, page=page, notes=notes)


def _heading_row(page: Page) -> int:
    """The row that names most of the five columns, the first of such."""
    first = list(islice(sorted(page.rows), HEADING_IN_FIRST))
    return max(first, key=lambda row: (_known(page, row), -row))


def _known(page: Page, row: int) -> int:
    return known_headings(_words(page.rows[row]))


def _words(cells: Cells) -> Mapping[int, str]:
    return {place: cleaned(cell_text(value), Cleaning.WORD) for place, value in cells.items()}


def _sheet_notes(page: Page, pages: Sequence[Page], others: Sequence[str]) -> list[Note]:
    if len([each for each in pages if each.title != EXAMPLES_TITLE]) < 2:
        return []
    left = f"；{'、'.join(f'“{each}”' for each in others)}也有名单的表头，没有读取" if others else ""
    return [Note(code="sheet", message=f"工作簿有 {len(pages)} 张工作表，读取的是“{page.title}”{left}。")]


def _heading_notes(page: Page, row: int, found: Found) -> list[Note]:
    notes = []
    above = [number for number in sorted(page.rows) if number < row]
    if above:
        told = f"表头在第 {row} 行，它上面的内容（第 {_listed(above)} 行）没有当作学员读取。"
        notes.append(Note(code="heading_row", message=told))
    if found.understood:
        told = "、".join(
            f"“{written}”当作“{HEADINGS[column]}”" for written, column in found.understood.items()
        )
        notes.append(Note(code="headings_understood", message=f"表头{told}读取。"))
    return notes


def _hidden_notes(page: Page, rows: Sequence[NumberedRow]) -> list[Note]:
    hidden = [number for number, _ in rows if number in page.hidden]
    if not hidden:
        return []
    told = f"第 {_listed(hidden)} 行是隐藏或被筛选掉的行，也已读取；如不需要，请删除后重新上传。"
    return [Note(code="hidden_rows", message=told)]


def _listed(numbers: Sequence[int]) -> str:
    """ "3～5、9": runs are written short."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [f"{first}" if first == last else f"{first}～{last}" for first, last in runs]
    return "、".join(said[:10]) + (" 等" if len(said) > 10 else "")
