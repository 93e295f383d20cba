"""How far a sheet reaches, before it is read: the reader makes a full grid of it, so that one forgotten cell in
the last corner would take gigabytes, or end the process."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

import olefile
from chassis.errors import TooLarge
from files.judging.spreadsheet import JudgedSpreadsheet, SpreadsheetDamaged

MOST_SHEET_BYTES = 16 * 1024 * 1024
"""Of all sheets together, unpacked."""
LAST_ROW = 10_000
LAST_COLUMN = 256

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_OTHER_FORMATS = frozenset({"mimetype", "content.xml", "xl/workbook.bin"})
"""Parts by which the reader could take the file for something that was not measured here."""
_XLS_CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
"""FORMULA, MULRK, RSTRING, LABELSST, NUMBER, LABEL, BOOLERR, RK: records that begin with their row and column."""


class SheetTooWide(TooLarge):
    """Content far away from the roster."""

    code = "classroom.roster.sheet_too_wide"
    title = "工作表的内容超出了名单范围"
    next_step = "请把学员信息复制到标准模板中，删除模板以外的内容后再上传。"


def require_small(*, book: JudgedSpreadsheet) -> bool:
    """Raise SheetTooWide when a cell lies beyond 10,000 rows or 256 columns; returns whether there are formulas
    whose results may be missing. Raises SpreadsheetDamaged for a sheet that is not well formed."""
    if book.kind == "xls":
        _require_small_xls(book.data)
        return False
    formulas, left = False, MOST_SHEET_BYTES
    with zipfile.ZipFile(io.BytesIO(book.data)) as archive:
        if not _OTHER_FORMATS.isdisjoint(name.lower() for name in archive.namelist()):
            raise SpreadsheetDamaged
        for entry in archive.infolist():
            if entry.file_size > MOST_SHEET_BYTES:
                raise SheetTooWide
            text = archive.read(entry)
            # By content: which part is the sheet is said by other parts, and under any name.
            if b"sheetData" in text:
                left -= len(text)
                if left < 0:
                    raise SheetTooWide
                formulas = _Extent().of(text) or formulas
    return formulas


class _Extent:
    """Reads one sheet's XML and stops at the first cell with content that lies too far away."""

    def __init__(self) -> None:
        self._row = self._column = 0
        self._filled = self._in_cell = False
        self._formulas = False

    def of(self, text: bytes) -> bool:
        """Whether the sheet has formulas. Raises SheetTooWide, SpreadsheetDamaged."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(text, True)
        except expat.ExpatError as error:
            raise SpreadsheetDamaged from error
        return self._formulas

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            said = attributes.get("r", str(self._row + 1))
            if not said.isdecimal() or len(said) > 7:
                raise SpreadsheetDamaged
            self._row, self._column = int(said), 0
        elif name == "c":
            if self._in_cell:  # no program writes a cell into a cell
                raise SpreadsheetDamaged
            self._in_cell, self._filled = True, False
            self._column += 1
            if "r" in attributes:
                self._go_to(attributes["r"])
        elif self._in_cell:
            self._filled = True
            self._formulas = self._formulas or name == "f"

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] != "c":
            return
        self._in_cell = False
        if self._filled and (self._row > LAST_ROW or self._column > LAST_COLUMN):
            raise SheetTooWide

    def _go_to(self, reference: str) -> None:
        place = _REFERENCE.fullmatch(reference)
        if place is None:
            raise SpreadsheetDamaged
        self._column = 0
        for letter in place[1].upper():
            self._column = self._column * 26 + ord(letter) - 64
        self._row = int(place[2])

    def _refuse(self, *_declaration: object) -> None:
        raise SpreadsheetDamaged


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
