"""Workbooks: .xlsx (a zip) and .xls (an OLE file), told apart by content, opened only when safe to open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Literal

import olefile
from chassis.errors import Failure, Invalid, TooLarge, WrongMediaType

from files.judging.bounds import MIB, whole

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"

_MAX_ENTRIES = 2_000
_MAX_UNPACKED = 100 * MIB
_MAX_RATIO = 200
_ALWAYS_FINE = 1 * MIB  # a small sheet of equal cells may well pack better than the ratio
_DOCTYPE = b"<!DOCTYPE"
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How a workbook's parts may be packed. Others ask for memory by a number in their head."""
_FILEPASS, _BOF, _EOF = 0x002F, 0x0809, 0x000A


class NotASpreadsheet(WrongMediaType):
    """The content is no workbook, whatever the name says."""

    code = "files.spreadsheet.not_a_spreadsheet"
    title = "文件内容不是 Excel 工作簿"
    next_step = "请用 Excel 或 WPS“另存为 .xlsx”后重新上传；只改文件名不会改变格式。"


class SpreadsheetDamaged(Invalid):
    """It begins like a workbook and cannot be read to its end."""

    code = "files.spreadsheet.damaged"
    title = "Excel 文件已损坏"
    next_step = "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。"


class SpreadsheetEncrypted(Invalid):
    """It opens only with a password."""

    code = "files.spreadsheet.encrypted"
    title = "Excel 文件设有密码"
    next_step = "请在 Excel 或 WPS 中取消打开密码，保存后重新上传。"


class SpreadsheetBomb(TooLarge):
    """It unpacks to more than a server should unpack."""

    code = "files.spreadsheet.unpacks_too_large"
    title = "Excel 文件解压后过大"
    next_step = "请删除多余的工作表、空白行和图片，另存为 .xlsx 后重新上传。"


@dataclass(frozen=True, kw_only=True)
class JudgedSpreadsheet:
    """The workbook's bytes, and which of the two kinds they are."""

    data: bytes
    kind: Literal["xlsx", "xls"]
    content_type: str


def judge_spreadsheet(source: bytes | BinaryIO, *, max_bytes: int = 10 * MIB) -> JudgedSpreadsheet:
    """The workbook, if it is by content a whole .xlsx or .xls without a password, of a bearable size.

    Raises Oversized, Empty, NotASpreadsheet, SpreadsheetDamaged, SpreadsheetEncrypted, SpreadsheetBomb.
    """
    data = whole(source, max_bytes=max_bytes)
    if data.startswith(b"PK"):
        _check_zip(data)
        return JudgedSpreadsheet(data=data, kind="xlsx", content_type=XLSX)
    if data.startswith(olefile.MAGIC):
        _check_ole(data)
        return JudgedSpreadsheet(data=data, kind="xls", content_type=XLS)
    raise NotASpreadsheet


@contextmanager
def damaged_if_unreadable() -> Iterator[None]:
    """Whatever a parser raises about a stranger's file means that the file is damaged; a Rust panic is no Exception."""
    try:
        yield
    except Failure:
        raise
    except Exception as error:
        raise SpreadsheetDamaged from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise SpreadsheetDamaged from error


def _check_zip(data: bytes) -> None:
    with damaged_if_unreadable(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        _check_declared(entries, packed=len(data))
        if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
            raise NotASpreadsheet
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise SpreadsheetEncrypted
        if len({name.lower() for name in names}) != len(entries) or any(
            entry.compress_type not in _PACKED for entry in entries
        ):
            raise SpreadsheetDamaged  # two parts of one name are two workbooks to two readers
        for entry in entries:
            _check_entry(archive, entry)


def _check_declared(entries: list[zipfile.ZipInfo], *, packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    ratio_limit = max(_ALWAYS_FINE, packed * _MAX_RATIO)
    if len(entries) > _MAX_ENTRIES or unpacked > min(_MAX_UNPACKED, ratio_limit):
        raise SpreadsheetBomb


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack to the end. No more than the declared size comes out, and a false size fails the checksum.

    Whether it is XML is told by its content: any part can be named as the sheet, the texts or the styles.
    """
    before: bytes | None = None
    is_xml = False
    with archive.open(entry) as stream:
        while piece := stream.read(MIB):
            # No workbook has one, and entity definitions are how XML is made to grow in the reader's memory.
            # Without its zeros, UTF-16 reads like ASCII.
            plain = piece.replace(b"\0", b"")
            if before is None:
                is_xml = plain.lstrip(_BEFORE_XML)[:1] in {b"<", b""}
            seen = (before or b"") + plain
            if is_xml and _DOCTYPE in seen:
                raise SpreadsheetDamaged
            before = seen[-len(_DOCTYPE) :]


def _check_ole(data: bytes) -> None:
    with damaged_if_unreadable(), olefile.OleFileIO(io.BytesIO(data)) as ole:
        if ole.exists("EncryptedPackage"):
            raise SpreadsheetEncrypted
        book = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
        if book is None:
            raise NotASpreadsheet
        _check_records(ole.openstream(book).read())


def _check_records(stream: bytes) -> None:
    """Walk the records of the workbook's globals: BOF comes first; FILEPASS among them means a password."""
    place = 0
    while place + 4 <= len(stream):
        kind = int.from_bytes(stream[place : place + 2], "little")
        size = int.from_bytes(stream[place + 2 : place + 4], "little")
        if place == 0 and kind & 0x00FF != _BOF & 0x00FF:
            raise SpreadsheetDamaged
        if kind == _FILEPASS:
            raise SpreadsheetEncrypted
        if kind == _EOF:
            return
        place += 4 + size
    raise SpreadsheetDamaged
