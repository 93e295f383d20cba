"""A sheet is read within bounds, however it is written (K6)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from classroom.roster.actions import read_xlsx
from classroom.roster.actions.pages import SheetTooWide
from classroom.roster.actions.read_sheet import read_sheet
from classroom.roster.testing import roster_file, saved, workbook
from files.judging import judge_spreadsheet
from files.judging.spreadsheet import SpreadsheetDamaged

SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
BEYOND = b'<row r="20000"><c r="E20000" t="inlineStr"><is><t>x</t></is></c></row>'

Part = tuple[str, bytes]


def rewritten(change: Callable[[str, bytes], Part], *, also: tuple[Part, ...] = ()) -> bytes:
    """A good file whose parts were changed by hand."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(roster_file([1]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in good.infolist():
            made.writestr(*change(entry.filename, good.read(entry)))
        for name, data in also:
            made.writestr(name, data)
    return out.getvalue()


def with_rows(rows: bytes, *, name: str = SHEET) -> bytes:
    """A good file with more rows in its sheet; under another `name` in the archive, if given."""

    def change(part: str, data: bytes) -> Part:
        if part == SHEET:
            return name, data.replace(b"</sheetData>", rows + b"</sheetData>")
        if part == RELATIONS:
            return part, data.replace(b"/" + SHEET.encode(), b"/" + name.encode())
        return part, data

    return rewritten(change)


def prefixed() -> bytes:
    """The same sheet with a prefix before each name."""

    def change(part: str, data: bytes) -> Part:
        if part != SHEET:
            return part, data
        data = data.replace(b"</sheetData>", BEYOND + b"</sheetData>")
        for tag in (b"sheetData", b"row", b"c"):
            data = data.replace(b"<" + tag + b">", b"<x:" + tag + b">")
            data = data.replace(b"<" + tag + b" ", b"<x:" + tag + b" ")
            data = data.replace(b"</" + tag + b">", b"</x:" + tag + b">")
        return part, data.replace(b"<worksheet ", b'<worksheet xmlns:x="x" ', 1)

    return rewritten(change)


def read(content: bytes):
    return read_sheet(book=judge_spreadsheet(content))


@pytest.mark.parametrize(
    "content",
    [
        lambda: with_rows(BEYOND),
        lambda: with_rows(BEYOND.replace(b'"', b"'")),
        lambda: with_rows(BEYOND.replace(b"r=", b"r = ")),
        lambda: with_rows(BEYOND.replace(b"<c ", b'<c x=">" ')),
        lambda: with_rows(BEYOND.replace(b"E20000", b"&#69;20000")),
        lambda: with_rows(BEYOND.replace(b' r="E20000"', b"")),
        lambda: with_rows(b'<row r="3">' + b"<c><v>1</v></c>" * 300 + b"</row>"),
        lambda: with_rows(BEYOND, name="xl/elsewhere/sheet1.xml"),
        lambda: with_rows(BEYOND, name="xl/media/image1.png"),
        prefixed,
    ],
    ids=[
        "plain",
        "single quotes",
        "spaces around the equals sign",
        "a bracket in an attribute",
        "a letter as an entity",
        "no reference: the row's number counts",
        "no references: the cells are counted",
        "in another folder",
        "under a picture's name",
        "with prefixes",
    ],
)
def test_a_cell_far_away_is_found_however_it_is_written(content):
    with pytest.raises(SheetTooWide):
        read(content())


def test_formatting_far_away_is_no_content():
    formatted = b'<row r="1048576"><c r="XFD1048576" s="0"/><c r="A1048576"></c></row>'
    assert len(read(with_rows(formatted)).rows) == 1


@pytest.mark.parametrize(
    "content",
    [
        lambda: with_rows(b"<row><c>"),
        lambda: with_rows(BEYOND.replace(b"</c>", b"<c/></c>")),
        lambda: with_rows(BEYOND.replace(b"E20000", b"$E$20000")),
        lambda: with_rows(BEYOND.replace(b'"20000"', b'"many"')),
        lambda: with_rows(
            BEYOND.replace(b"<row", b"<!DOCTYPE x [<!ENTITY a 'b'>]><row"), name="xl/worksheets/sheet1.bin"
        ),
    ],
    ids=[
        "not well formed",
        "a cell in a cell",
        "a reference that is none",
        "a row that is no number",
        "a document type",
    ],
)
def test_what_readers_understand_differently_is_damaged(content):
    with pytest.raises(SpreadsheetDamaged):
        read(content())


def test_all_sheets_together_are_bounded(monkeypatch):
    monkeypatch.setattr(read_xlsx, "MOST_SHEET_BYTES", 2000)
    book = workbook([["a"] * 5])
    for _ in range(4):
        book.create_sheet().append(["x"] * 20)
    with pytest.raises(SheetTooWide):
        read(saved(book))
