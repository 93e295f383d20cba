"""How far a sheet reaches, before it is read: the reader makes a full grid of it, so that one forgotten cell in
the last corner would take gigabytes."""

from __future__ import annotations

import io
import re
import zipfile

import olefile
from chassis.errors import TooLarge
from files.judging.spreadsheet import JudgedSpreadsheet

MOST_SHEET_BYTES = 16 * 1024 * 1024
LAST_ROW = 10_000
LAST_COLUMN = 256

_XLSX_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})([0-9]{1,7})"(?:[^>]*[^/>])?>')
_XLS_CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
"""FORMULA, MULRK, RSTRING, LABELSST, NUMBER, LABEL, BOOLERR, RK: records that begin with their row and column."""


class SheetTooWide(TooLarge):
    """Content far away from the roster."""

    code = "classroom.roster.sheet_too_wide"
    title = "工作表的内容超出了名单范围"
    next_step = "请把学员信息复制到标准模板中，删除模板以外的内容后再上传。"


def require_small(*, book: JudgedSpreadsheet) -> bool:
    """Raise SheetTooWide when a cell lies beyond 10,000 rows or 256 columns; returns whether there are formulas
    whose results may be missing."""
    if book.kind == "xls":
        _require_small_xls(book.data)
        return False
    formulas = False
    with zipfile.ZipFile(io.BytesIO(book.data)) as archive:
        for entry in archive.infolist():
            if not entry.filename.startswith("xl/worksheets/") or not entry.filename.endswith(".xml"):
                continue
            if entry.file_size > MOST_SHEET_BYTES:
                raise SheetTooWide
            text = archive.read(entry)
            formulas = formulas or b"<f" in text
            for letters, digits in _XLSX_CELL.findall(text):
                if int(digits) > LAST_ROW or _column(letters) > LAST_COLUMN:
                    raise SheetTooWide
    return formulas


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _require_small_xls(data: bytes) -> None:
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        name = "Workbook" if ole.exists("Workbook") else "Book"
        stream = ole.openstream(name).read()
    place = 0
    while place + 8 <= len(stream):
        kind = int.from_bytes(stream[place : place + 2], "little")
        size = int.from_bytes(stream[place + 2 : place + 4], "little")
        row = int.from_bytes(stream[place + 4 : place + 6], "little")
        if kind in _XLS_CELLS and size >= 6 and row >= LAST_ROW:
            raise SheetTooWide
        place += 4 + size
