"""Reading an .xlsx by a parser of our own: it keeps only cells with content, so that neither a forgotten cell in the
last corner nor a million formatted ones cost anything, and it sees what readers of values leave out (decision 0045)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from files.judging.spreadsheet import SpreadsheetDamaged, damaged_if_unreadable
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from classroom.roster.actions.pages import MOST_CELLS, Area, Page, SheetTooWide
from classroom.roster.rules.cells import CellValue, Flaw

MOST_SHEET_BYTES = 16 * 1024 * 1024
"""Of all sheets together, unpacked; as much again for their texts."""
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ILLEGAL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

Attributes = Mapping[str, str]


def xlsx_pages(*, data: bytes) -> list[Page]:
    """The visible worksheets in their order. Raises SheetTooWide or SpreadsheetDamaged."""
    with damaged_if_unreadable(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _Parts(archive)
        book = _book(parts)
        left = MOST_CELLS
        pages = []
        for title, path in book.sheets:
            page = Page(title=title)
            left -= _SheetReader(page, book, most=left).read(parts.read(path))
            pages.append(page)
        return pages


class _Parts:
    """The parts of the package, up to a sum of bytes. Their names are compared as Excel does, without case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries = {entry.filename.lower(): entry for entry in archive.infolist()}
        self._left = 2 * MOST_SHEET_BYTES

    def read(self, path: str) -> bytes:
        """Raises SpreadsheetDamaged for one that is not there, SheetTooWide when all read are too large."""
        entry = self._entries.get(path.lower())
        if entry is None:
            raise SpreadsheetDamaged
        self._left -= entry.file_size
        if entry.file_size > MOST_SHEET_BYTES or self._left < 0:
            raise SheetTooWide
        return self._archive.read(entry)


@dataclass(kw_only=True)
class _Book:
    """What the sheets refer to."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    """Title and path of each visible worksheet."""
    texts: list[str] = field(default_factory=list)
    date_styles: set[int] = field(default_factory=set)
    from_1904: bool = False


def _book(parts: _Parts) -> _Book:
    relations: dict[str, tuple[str, str]] = {}

    def relation(tag: str, said: Attributes) -> None:
        if tag == "Relationship":
            relations[said["Id"]] = (said["Type"].rpartition("/")[2], _absolute(said["Target"]))

    walk(parts.read(_RELATIONS), relation)
    book = _Book()

    def part(tag: str, said: Attributes) -> None:
        if tag == "workbookPr":
            book.from_1904 = said.get("date1904") in {"1", "true"}
        elif tag == "sheet" and said.get("state", "visible") == "visible":
            named = next((value for name, value in said.items() if name.rpartition(":")[2] == "id"), "")
            kind, path = relations.get(named, ("", ""))
            if kind == "worksheet":
                book.sheets.append((said.get("name", ""), path))

    walk(parts.read(_WORKBOOK), part)
    for kind, path in relations.values():
        if kind == "sharedStrings":
            book.texts = _TextReader().read(parts.read(path))
        elif kind == "styles":
            book.date_styles = _date_styles(parts.read(path))
    return book


def _absolute(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target.replace("\\", "/"))).lstrip("/")


def _date_styles(text: bytes) -> set[int]:
    """The numbers of the cell formats that show a number as a date or time."""
    formats = dict(BUILTIN_FORMATS)
    found: list[int] = []
    place = ""

    def part(tag: str, said: Attributes) -> None:
        nonlocal place
        if tag in {"cellXfs", "cellStyleXfs", "dxfs"}:
            place = tag
        elif tag == "numFmt" and place != "dxfs":
            formats[int(said["numFmtId"])] = said["formatCode"]
        elif tag == "xf" and place == "cellXfs":
            found.append(int(said.get("numFmtId", "0")))

    walk(text, part)
    return {place for place, number in enumerate(found) if is_date_format(formats.get(number, "General"))}


def walk(text: bytes, start: Callable[[str, Attributes], None]) -> None:
    """Call `start` for each element with its name without a prefix."""
    parser = _parser()
    parser.StartElementHandler = lambda tag, said: start(tag.rpartition(":")[2], said)
    parser.Parse(_legal(text), True)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _legal(text: bytes) -> bytes:
    """A part in UTF-8 with what XML cannot hold, and some programs write all the same, escaped as Excel does."""
    return text if b"\0" in text[:4] else _ILLEGAL.sub(_escape, text)


def _escape(found: re.Match[bytes]) -> bytes:
    return b"_x%04X_" % ord(found[0].decode())


def _refuse(*_declaration: object) -> None:
    raise SpreadsheetDamaged


def _unescaped(text: str) -> str:
    """Excel writes what XML cannot hold as _x000D_."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _TextReader:
    """Reads the shared texts: runs of one text are joined, readings of Japanese left out."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._pieces: list[str] = []
        self._in_text = False
        self._readings = 0

    def read(self, text: bytes) -> list[str]:
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(_legal(text), True)
        return self._texts

    def _start(self, tag: str, _said: Attributes) -> None:
        name = tag.rpartition(":")[2]
        self._readings += name == "rPh"
        self._in_text = name == "t" and not self._readings

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self._in_text = False
        self._readings -= name == "rPh"
        if name == "si":
            self._texts.append(_unescaped("".join(self._pieces)))
            self._pieces = []

    def _data(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)


class _SheetReader:
    """Reads one sheet's XML into a page, and stops as soon as it holds more than `most` cells."""

    def __init__(self, page: Page, book: _Book, *, most: int) -> None:
        self._page, self._book, self._most = page, book, most
        self._row = self._column = self._kept = 0
        self._cell: dict[str, str] | None = None
        self._formula = self._result = False
        self._pieces: list[str] = []
        self._reading = False

    def read(self, text: bytes) -> int:
        """Returns how many cells were kept. Raises SheetTooWide, SpreadsheetDamaged or what expat raises."""
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(_legal(text), True)
        self._page.fill_merged()
        return self._kept

    def _start(self, tag: str, said: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._begin_row(said)
        elif name == "c":
            self._begin_cell(said)
        elif name == "mergeCell":
            self._page.merged.append(area_of(said["ref"]))
        elif self._cell is not None:
            self._formula = self._formula or name == "f"
            self._result = self._result or name in {"v", "is"}
            self._reading = name in {"v", "t"}

    def _begin_row(self, said: Attributes) -> None:
        number = said.get("r", str(self._row + 1))
        if not number.isdecimal() or len(number) > 7:
            raise SpreadsheetDamaged
        self._row, self._column = int(number), 0
        if said.get("hidden") in {"1", "true"}:
            self._page.hidden.add(self._row)

    def _begin_cell(self, said: dict[str, str]) -> None:
        if self._cell is not None:  # no program writes a cell into a cell
            raise SpreadsheetDamaged
        self._cell, self._formula, self._result, self._pieces = said, False, False, []
        self._column += 1
        if "r" in said:
            self._row, self._column = _place(said["r"])

    def _data(self, text: str) -> None:
        if self._reading and self._cell is not None:
            self._pieces.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in {"v", "t"}:
            self._reading = False
        elif name == "c" and self._cell is not None:
            value = self._value(self._cell)
            self._cell = None
            if value is not None:
                self._kept += 1
                if self._kept > self._most:
                    raise SheetTooWide
                self._page.put(self._row, self._column - 1, value)

    def _value(self, cell: Attributes) -> CellValue | None:
        text, kind = "".join(self._pieces), cell.get("t", "n")
        if self._formula and not text and not (kind == "str" and self._result):
            return Flaw(kind="formula")  # programs that write workbooks leave the result out
        if not text:
            return None
        if kind == "s":
            return self._book.texts[int(text)]
        if kind in {"str", "inlineStr"}:
            return _unescaped(text)
        if kind == "e":
            return Flaw(kind="error_value", shown=text[:20])
        return text.strip() in {"1", "true"} if kind == "b" else self._number(text, cell)

    def _number(self, text: str, cell: Attributes) -> CellValue:
        try:
            number = float(text)
        except ValueError:
            return text  # a day as ISO 8601 has it, or what some program wrote
        if int(cell.get("s", "0")) not in self._book.date_styles:
            return number if number - number == 0 else text
        epoch = CALENDAR_MAC_1904 if self._book.from_1904 else CALENDAR_WINDOWS_1900
        try:
            day = from_excel(number, epoch)
        except (OverflowError, ValueError):
            return number
        return number if day is None else day


def _place(reference: str) -> tuple[int, int]:
    """ "B3" → (3, 2). Raises SpreadsheetDamaged."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise SpreadsheetDamaged
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def area_of(reference: str) -> Area:
    first, _, last = reference.partition(":")
    top, left = _place(first)
    bottom, right = _place(last or first)
    return Area(top=top, left=left - 1, bottom=bottom, right=right - 1)
