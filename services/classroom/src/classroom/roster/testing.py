"""Builders for tests of the roster: workbooks as users make them, and as nobody should."""

from __future__ import annotations

import io
import random
import resource
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from files.judging import judge_image, judge_spreadsheet
from files.mutants import is_taken, mutated, mutated_zip
from openpyxl import Workbook
from PIL import Image

from classroom.roster.actions.mark_errors import mark_errors
from classroom.roster.actions.read_sheet import read_sheet
from classroom.roster.rules.columns import HEADINGS
from classroom.roster.rules.sheets import judge_sheet
from classroom.testing import person


def workbook(
    rows: Iterable[Sequence[Any]], *, headings: Sequence[str] = tuple(HEADINGS.values())
) -> Workbook:
    """A workbook with one sheet, to be spoiled further or saved."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    """Its bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row(number: int, **changes: Any) -> list[Any]:
    """The `number`th person as a row."""
    return list({**person(number), **changes}.values())


def roster_file(people: Iterable[int]) -> bytes:
    """A good file with these people."""
    return saved(workbook(row(number) for number in people))


def judge_roster(content: bytes) -> None:
    """Everything that an import does with a file besides the database: judge, read, find errors, mark them."""
    book = judge_spreadsheet(content)
    sheet = read_sheet(book=book)
    found = judge_sheet(rows=sheet.rows, columns=sheet.columns, today=date(2026, 3, 2))
    if found.errors:
        mark_errors(book=book, sheet=sheet, errors=found.errors)


def peak_memory_of_mutants(bases: Sequence[bytes], *, count: int, seed: int) -> int:
    """The bytes that this process has held at most after judging `count` damaged rosters and pictures."""
    chance = random.Random(seed)
    photo = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(photo, "JPEG")
    for _ in range(count):
        content = chance.choice([*bases, photo.getvalue()])
        judge: Callable[[bytes], object] = judge_image if content.startswith(b"\xff\xd8") else judge_roster
        change = mutated_zip if content.startswith(b"PK") and chance.random() < 0.7 else mutated
        is_taken(judge, change(content, chance))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
