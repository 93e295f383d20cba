"""Damaged and hostile rosters: each is imported, or refused in words, and takes little memory (K6)."""

from __future__ import annotations

import io
import multiprocessing
import random
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from classroom.roster.testing import judge_roster, peak_memory_of_mutants, roster_file, row, saved, workbook
from files.mutants import is_taken, mutated, mutated_zip

SEED = 20261130
MIB = 2**20


def bases(data: Path) -> list[bytes]:
    """Rosters of several kinds: good, with errors that are marked, with all that a sheet can have, and old ones."""
    full = workbook([row(1, name="=A9", contact="#N/A"), row(2, document_number=110105199003070012)])
    full.active.merge_cells("B2:B3")
    full.active.row_dimensions[3].hidden = True
    full.create_sheet("封面").append(["x"])
    return [
        roster_file(range(1, 6)),
        saved(workbook([row(1, sex="?")])),
        saved(full),
        (data / "roster.xls").read_bytes(),
        (data / "wrong.xls").read_bytes(),
    ]


def test_three_hundred_damaged_rosters_are_imported_or_refused_in_words(data):
    chance, found = random.Random(SEED), bases(data)
    taken = 0
    for _ in range(300):
        content = chance.choice(found)
        change = mutated_zip if content.startswith(b"PK") and chance.random() < 0.7 else mutated
        taken += is_taken(judge_roster, change(content, chance))
    assert 0 < taken < 300


@pytest.mark.heavy
def test_five_thousand_damaged_rosters_and_pictures_take_no_more_than_300_mib(data):
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        peak = alone.submit(peak_memory_of_mutants, bases(data), count=5_000, seed=SEED).result()
    assert peak <= 300 * MIB


def entities() -> bytes:
    doubled = (
        b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 100_000 + b'">]><sst><si><t>' + b"&a;" * 95 + b"</t></si></sst>"
    )
    return with_part("xl/styles.xml", doubled)


def with_part(name: str, content: bytes, *, named: str | None = None) -> bytes:
    """A good roster with one part replaced, under another name if given."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(roster_file([1]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in good.infolist():
            text = content if entry.filename == name else good.read(entry)
            if named is not None:
                text = text.replace(name.rpartition("/")[2].encode(), named.rpartition("/")[2].encode())
            made.writestr(named if named is not None and entry.filename == name else entry.filename, text)
    return out.getvalue()


def renamed_entities() -> bytes:
    doubled = b'<!DOCTYPE x [<!ENTITY a "aa">]><sst><si><t>&a;</t></si></sst>'
    return with_part("xl/styles.xml", doubled, named="xl/look.bin")


def sheet_of(cells: bytes) -> bytes:
    return with_part(
        "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    )


def doubled_part() -> bytes:
    out = io.BytesIO(roster_file([1]))
    with zipfile.ZipFile(out, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


def packed_by(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(roster_file([1]))) as good, zipfile.ZipFile(out, "w", method) as made:
        for entry in good.infolist():
            made.writestr(entry.filename, good.read(entry))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (entities, 422),
        (renamed_entities, 422),
        (lambda: with_part("xl/styles.xml", b"\n <?xml version='1.0'?><!DOCTYPE x><sst/>"), 422),
        (lambda: with_part("xl/styles.xml", "<!DOCTYPE x><sst/>".encode("utf-16")), 422),
        (lambda: sheet_of(b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'), 422),
        (lambda: sheet_of(b'<row r="1"><c r="A1" t="s"><v>x</v></c></row>'), 422),
        (lambda: sheet_of(b'<row r="1"><c r="A1" s="-7"><v>1e999</v></c></row>'), 422),
        (lambda: sheet_of(b"<row><c><v>1</v></c></row>" * 250_000), 413),
        (lambda: sheet_of(b"<row>" * 20_000 + b"</row>" * 20_000), 422),
        (lambda: with_part("xl/_rels/workbook.xml.rels", b"<Relationships/>"), 422),
        (lambda: with_part("xl/workbook.xml", b""), 422),
        (
            lambda: with_part(
                "xl/styles.xml", b"<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>"
            ),
            422,
        ),
        (doubled_part, 422),
        (lambda: packed_by(zipfile.ZIP_LZMA), 422),
        (lambda: packed_by(zipfile.ZIP_BZIP2), 422),
    ],
    ids=[
        "entities in the texts",
        "entities in a part of another name",
        "a document type behind a line break",
        "a document type in UTF-16",
        "a text that is not there",
        "a text that is no number",
        "a number beyond all bounds",
        "too many rows",
        "rows in rows",
        "no relations",
        "an empty workbook part",
        "a style that is no number",
        "a part twice",
        "packed by LZMA",
        "packed by BZIP2",
    ],
)
def test_a_hostile_workbook_is_refused_in_words(content, status, draft, send, roster_of):
    answer = send(draft.id, content())
    assert answer.status_code == status, answer.json
    assert answer.json["next_step"]
    assert roster_of(draft.id)["total"] == 0
