"""Builders for tests of the roster: workbooks as users make them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from classroom.roster.rules.columns import HEADINGS
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
