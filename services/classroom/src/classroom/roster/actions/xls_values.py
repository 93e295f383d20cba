"""A program of its own: the sheets of the .xls on its standard input, as JSON on its standard output.

The reader behind it is native code that believes what a file says about its sizes: a damaged one made it ask for more
memory than there is, which ends a process. Here it takes nothing with it but this one, which has bounds.
It imports nothing of ours, so that it starts quickly: `python xls_values.py <seconds> <bytes of memory>`.
"""

import json
import resource
import sys
from datetime import date, datetime, time

UNREADABLE = 3
"""Ends with this when it gets lost in the file; with another when it does not run itself."""


def main(seconds: int, memory: int) -> None:
    """Write per sheet its name, whether it is a visible worksheet, its filled cells and its merged areas."""
    import io

    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    data = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sheets = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for place, about in enumerate(book.sheets_metadata):
            shown = about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible
            sheet = book.get_sheet_by_index(place) if shown else None
            cells = [] if sheet is None else sheet.to_python(skip_empty_area=False)
            filled = [
                (row, column, _plain(value))
                for row, values in enumerate(cells, start=1)
                for column, value in enumerate(values)
                if value != ""
            ]
            merged = (
                [] if sheet is None else [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
            )
            sheets.append({"title": about.name, "shown": shown, "cells": filled, "merged": merged})
    except BaseException:  # noqa: BLE001 - a Rust panic is no Exception
        sys.exit(UNREADABLE)
    json.dump(sheets, sys.stdout)


def _plain(value: object) -> object:
    """A day or time as people see it, anything else as it is."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool)) else str(value)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
