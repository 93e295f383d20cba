"""The user's own file, with every error at its cell (K6)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import structlog
from chassis.text import readable
from files.judging.spreadsheet import JudgedSpreadsheet
from files.workbooks import saved, write_text
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from classroom.roster.actions.read_sheet import Sheet
from classroom.roster.actions.workbooks import plain_sheet
from classroom.roster.actions.xlsx_cost import is_cheap
from classroom.roster.rules.cells import CellValue, Flaw, cell_text
from classroom.roster.rules.columns import HEADINGS
from classroom.roster.rules.sheets import RowProblem

HEADING = "错误说明"
AUTHOR = "开课"
_OURS = "【开课核对】"
"""What stands above our words in a note, so that they are found when the file comes back."""
_RED_COLOUR = "FFFFC7CE"
_RED = PatternFill("solid", start_color=_RED_COLOUR)
_KEPT_PICTURES = frozenset({"png", "jpeg", "gif"})
"""Others would be decoded to be written again."""

log = structlog.get_logger(__name__)


def mark_errors(*, book: JudgedSpreadsheet, sheet: Sheet, errors: Sequence[RowProblem]) -> bytes:
    """An .xlsx: each wrong cell red with a note, and a column beside the data that says all of its row's errors.

    What an earlier marking left in the file is taken out first. The texts come in a new workbook where the user's own
    cannot be written: an .xls, and what openpyxl does not understand or would take too much memory for.
    """
    if book.kind == "xlsx":
        try:
            if is_cheap(data=book.data):
                return _marked(_loaded(book, sheet), sheet, errors)
        except Exception as error:  # noqa: BLE001 - it raises anything for what other programs write
            log.info("marked_as_plain_texts", reason=type(error).__name__)
    return _marked(_rebuilt(sheet), sheet, errors)


def _loaded(book: JudgedSpreadsheet, sheet: Sheet) -> Any:
    workbook: Any = load_workbook(io.BytesIO(book.data))
    for page in workbook.worksheets:
        page._images = [each for each in page._images if each.format in _KEPT_PICTURES]
    return workbook[sheet.title]


def _rebuilt(sheet: Sheet) -> Any:
    rows: list[Sequence[str]] = []
    for number in range(1, max(sheet.page.rows) + 1):
        cells = sheet.page.rows.get(number, {})
        rows.append([_shown(cells.get(place)) for place in range(max(cells, default=-1) + 1)])
    return plain_sheet(rows=rows)


def _shown(value: CellValue | None) -> str:
    return "" if isinstance(value, Flaw) and value.kind == "merged" else cell_text(value)


def _marked(page: Any, sheet: Sheet, errors: Sequence[RowProblem]) -> bytes:
    _take_out_old_marks(page, sheet)
    beside = _column_beside(sheet)
    heading = page.cell(row=sheet.heading_row, column=beside)
    write_text(heading, HEADING)
    heading.font = Font(bold=True, color="FF9C0006")
    page.column_dimensions[get_column_letter(beside)].width = 60
    said: dict[int, list[str]] = {}
    for each in errors:
        column = each.problem.column
        _mark(page.cell(row=each.row, column=sheet.columns[column] + 1), each.problem.message)
        said.setdefault(each.row, []).append(f"{HEADINGS[column]}：{each.problem.message}")
    for row, messages in said.items():
        cell = page.cell(row=row, column=beside)
        write_text(cell, "\n".join(messages))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return saved(page.parent)


def _old_columns(sheet: Sheet) -> set[int]:
    """Where earlier markings wrote their explanations; columns from 1."""
    headings = sheet.page.rows[sheet.heading_row]
    return {place + 1 for place, value in headings.items() if cell_text(value) == HEADING}


def _column_beside(sheet: Sheet) -> int:
    """The first column right of all content, from 1. Formatted cells without content do not count."""
    old = _old_columns(sheet)
    rows = (cells for row, cells in sheet.page.rows.items() if row >= sheet.heading_row)
    return max(place + 1 for cells in rows for place in cells if place + 1 not in old) + 1


def _take_out_old_marks(page: Any, sheet: Sheet) -> None:
    """Explanations, notes and the red of an earlier marking. A red of the user's own stays in a file without marks."""
    old = _old_columns(sheet)
    ours = {column + 1 for column in sheet.columns.values()}
    for cell in list(page._cells.values()):  # only those that exist: a far one must not make all between
        if isinstance(cell, MergedCell):
            continue
        if cell.column in old:
            cell.value = None
            cell.style = "Normal"
        had_note = _take_out_note(cell)
        if had_note or (old and cell.column in ours and cell.fill.start_color.rgb == _RED_COLOUR):
            cell.fill = PatternFill()


def _take_out_note(cell: Any) -> bool:
    """Whether there was a note of ours. What the user noted before it stays."""
    if cell.comment is None:
        return False
    before, mark, _ = cell.comment.text.partition(_OURS)
    if not mark and cell.comment.author != AUTHOR:
        return False
    author = cell.comment.author
    cell.comment = None
    if before.strip() and mark:
        cell.comment = Comment(before.strip(), author)
    return True


def _mark(cell: Any, message: str) -> None:
    if isinstance(cell, MergedCell):  # it has no value and no style of its own
        return
    noted = cell.comment
    if noted is None:
        text, author = f"{_OURS}\n{message}", AUTHOR
    elif _OURS in noted.text:
        text, author = f"{noted.text}\n{message}", noted.author
    else:
        text, author = f"{noted.text}\n{_OURS}\n{message}", noted.author
    cell.comment = Comment(readable(text), author or AUTHOR, width=320, height=90)
    cell.fill = _RED
