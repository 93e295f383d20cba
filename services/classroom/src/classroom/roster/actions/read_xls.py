"""Reading an old .xls: calamine reads the values, the records say what it leaves out (hidden rows, error values)."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import olefile
from files.judging.spreadsheet import SpreadsheetDamaged, damaged_if_unreadable

from classroom.roster.actions.pages import Area, Page, SheetTooWide
from classroom.roster.actions.xls_values import UNREADABLE
from classroom.roster.rules.cells import Flaw

PROGRAM = Path(__file__).with_name("xls_values.py")
SECONDS = 10
MEMORY = 2**29
MOST_AREA = 1_000_000
"""Cells of the rectangle that holds all content: calamine makes a full grid of it."""

_BOUNDSHEET, _ROW, _EOF = 0x0085, 0x0208, 0x000A
_FORMULA, _BOOLERR = 0x0006, 0x0205
_CELLS = frozenset({_FORMULA, _BOOLERR, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x027E})
"""Also MULRK, RSTRING, LABELSST, NUMBER, LABEL, RK: records that begin with their row and column."""
_HIDDEN = 0x20
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class _Record(NamedTuple):
    kind: int
    data: bytes


def xls_pages(*, data: bytes) -> list[Page]:
    """The visible worksheets in their order. Raises SheetTooWide or SpreadsheetDamaged."""
    with damaged_if_unreadable():
        stream = _stream(data)
        _require_small(stream)
        begins = [
            int.from_bytes(each.data[:4], "little")
            for each in _records(stream, 0)
            if each.kind == _BOUNDSHEET
        ]
        sheets = _values(data)
        if len(begins) != len(sheets):
            raise SpreadsheetDamaged
        return [
            _page(sheet, stream, begin) for sheet, begin in zip(sheets, begins, strict=True) if sheet["shown"]
        ]


def _values(data: bytes) -> list[dict[str, Any]]:
    """What calamine finds, in a process of its own. Raises SpreadsheetDamaged when it dies or gets lost."""
    command = [sys.executable, "-I", str(PROGRAM), str(SECONDS), str(MEMORY)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise SpreadsheetDamaged from None
    if done.returncode < 0 or done.returncode == UNREADABLE:
        raise SpreadsheetDamaged
    if done.returncode:
        raise RuntimeError(f"the reader of .xls does not run: {done.stderr.decode(errors='replace')[-300:]}")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _stream(data: bytes) -> bytes:
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        return bytes(ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read())


def _records(stream: bytes, place: int) -> Iterator[_Record]:
    """The records from a place on, up to the end of their substream."""
    while place + 4 <= len(stream):
        kind, size = _number(stream, place), _number(stream, place + 2)
        yield _Record(kind, stream[place + 4 : place + 4 + size])
        if kind == _EOF:
            return
        place += 4 + size


def _require_small(stream: bytes) -> None:
    rows = columns = place = 0
    while place + 8 <= len(stream):
        kind, size = _number(stream, place), _number(stream, place + 2)
        if kind in _CELLS and size >= 6:
            last = size - 2 if kind == 0x00BD else 2  # MULRK ends with its last column
            rows = max(rows, _number(stream, place + 4) + 1)
            columns = max(columns, _number(stream, place + 4 + last) + 1)
        place += 4 + size
    if rows * columns > MOST_AREA:
        raise SheetTooWide


def _page(sheet: Mapping[str, Any], stream: bytes, begin: int) -> Page:
    page = Page(title=sheet["title"])
    for row, column, value in sheet["cells"]:
        page.put(row, column, value)
    for record in _records(stream, begin):
        _look_at(record, page)
    for top, left, bottom, right in sheet["merged"]:
        page.merged.append(Area(top=top + 1, left=left, bottom=bottom + 1, right=right))
    page.fill_merged()
    return page


def _look_at(record: _Record, page: Page) -> None:
    """Take in what calamine does not say."""
    data = record.data
    if record.kind == _ROW and len(data) >= 16 and _number(data, 12) & _HIDDEN:
        page.hidden.add(_number(data, 0) + 1)
    error = None
    if record.kind == _BOOLERR and len(data) >= 8 and data[7]:
        error = data[6]
    if record.kind == _FORMULA and len(data) >= 14 and data[12:14] == b"\xff\xff" and data[6] == 2:
        error = data[8]
    if error is not None:
        shown = _ERRORS.get(error, "#N/A")
        page.put(_number(data, 0) + 1, _number(data, 2), Flaw(kind="error_value", shown=shown))


def _number(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 2], "little")
