"""Workbooks that leave the suite: every text in them stays text, whatever it begins with and whatever is in it."""

from __future__ import annotations

import io

from chassis.text import readable
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

TEXT = "@"
"""The number format of a column that holds text."""


def write_text(cell: Cell, text: str) -> None:
    """Put a text into a cell: "=1+1" stays text and becomes no formula, "#N/A" no error value, "001" no number.

    Characters that no workbook can carry, which old data may have, are left out.
    """
    cell.value = readable(text)
    cell.number_format = TEXT
    if cell.value:
        cell.data_type = "s"


def text_cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Cell:
    """A cell with a text for a sheet that is written row by row."""
    cell = WriteOnlyCell(sheet)
    write_text(cell, text)
    if bold:
        cell.font = Font(bold=True)
    return cell


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
