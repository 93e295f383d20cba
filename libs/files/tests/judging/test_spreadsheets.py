"""Workbooks are judged by their content, and opened only when that is safe."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from files.judging import Empty, Oversized, judge_spreadsheet
from files.judging.spreadsheet import (
    NotASpreadsheet,
    SpreadsheetBomb,
    SpreadsheetDamaged,
    SpreadsheetEncrypted,
)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["面包", "3.50"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>", **entries}.items():
            made.writestr(name, content)
    return out.getvalue()


def test_the_two_kinds_are_told_apart_by_content(data: Path) -> None:
    assert judge_spreadsheet(io.BytesIO(workbook())).kind == "xlsx"
    assert judge_spreadsheet((data / "plain.xls").read_bytes()).kind == "xls"


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n" + bytes(99), b"name,price\n", b"<html><table>", b"%PDF-1.7"],
    ids=["picture", "csv", "html", "pdf"],
)
def test_a_renamed_file_is_not_a_workbook(content: bytes) -> None:
    with pytest.raises(NotASpreadsheet):
        judge_spreadsheet(content)


def test_another_kind_of_zip_is_not_a_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", "<x/>")
    with pytest.raises(NotASpreadsheet):
        judge_spreadsheet(out.getvalue())


def test_another_kind_of_ole_file_is_not_a_workbook(data: Path) -> None:
    content = (
        (data / "plain.xls")
        .read_bytes()
        .replace("Workbook".encode("utf-16-le"), "Wordbook".encode("utf-16-le"))
    )
    with pytest.raises(NotASpreadsheet):
        judge_spreadsheet(content)


def test_a_workbook_with_a_password_is_said_to_have_one(data: Path) -> None:
    with pytest.raises(SpreadsheetEncrypted):
        judge_spreadsheet((data / "encrypted.xlsx").read_bytes())


def test_an_xls_with_a_password_is_said_to_have_one(data: Path) -> None:
    plain = (data / "plain.xls").read_bytes()
    begin = plain.index(b"\x09\x08\x10\x00")  # BOF; the record after it becomes FILEPASS
    record = begin + 4 + 16
    with pytest.raises(SpreadsheetEncrypted):
        judge_spreadsheet(plain[:record] + b"\x2f\x00" + plain[record + 2 :])


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_off_zip_is_damaged(share: float) -> None:
    content = workbook()
    with pytest.raises(SpreadsheetDamaged):
        judge_spreadsheet(content[: int(len(content) * share)])


def test_flipped_bytes_inside_are_damage() -> None:
    content = bytearray(archive({"xl/worksheets/sheet1.xml": b"<row/>" * 5000}))
    content[len(content) // 3] ^= 0xFF
    with pytest.raises(SpreadsheetDamaged):
        judge_spreadsheet(bytes(content))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_flipped_bytes_are_damage_however_they_were_packed(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        made.writestr("[Content_Types].xml", "<x/>")
        made.writestr("xl/workbook.xml", b"".join(b"<row n='%d'/>" % n for n in range(2000)))
    content = bytearray(out.getvalue())
    middle = len(content) // 2
    content[middle : middle + 20] = bytes(20)
    with pytest.raises(SpreadsheetDamaged):
        judge_spreadsheet(bytes(content))


def test_a_cut_off_ole_file_is_damaged(data: Path) -> None:
    with pytest.raises((SpreadsheetDamaged, NotASpreadsheet)):
        judge_spreadsheet((data / "plain.xls").read_bytes()[:700])


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(SpreadsheetBomb):
        judge_spreadsheet(archive({"xl/worksheets/sheet1.xml": bytes(60 * 2**20)}))


def test_a_zip_of_thousands_of_entries_is_refused() -> None:
    with pytest.raises(SpreadsheetBomb):
        judge_spreadsheet(archive({f"xl/{n}.xml": b"" for n in range(2_001)}))


def test_a_bomb_that_lies_about_its_size_is_damage() -> None:
    content = archive({"xl/worksheets/sheet1.xml": bytes(3 * 2**20)})
    lie = content.replace((3 * 2**20).to_bytes(4, "little"), (2**10).to_bytes(4, "little"))
    assert lie != content
    with pytest.raises(SpreadsheetDamaged):
        judge_spreadsheet(lie)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", [0, 64 * 1024 - 4, 2**20 - 4], ids=["at once", "later", "over an edge"])
def test_entity_definitions_are_damage(encoding: str, before: int) -> None:
    # Not to be packed too well, or it is refused as a bomb.
    padding = f"<!--{random.Random(1).randbytes(before // 2).hex()}-->"
    sheet = f'{padding}<!DOCTYPE a [<!ENTITY b "c">]><sst>&b;</sst>'.encode(encoding)
    with pytest.raises(SpreadsheetDamaged):
        judge_spreadsheet(archive({"xl/sharedStrings.xml": sheet}))


def test_size_is_looked_at_first() -> None:
    with pytest.raises(Oversized):
        judge_spreadsheet(workbook(), max_bytes=100)
    with pytest.raises(Empty):
        judge_spreadsheet(b"")
