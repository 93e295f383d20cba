"""Whether openpyxl may take a workbook in: it makes an object of each cell, also of those that an area only covers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from classroom.roster.actions.read_xlsx import area_of, walk

MOST_XML = 6 * 1024 * 1024
MOST_BESIDE_SHEETS = 2 * 1024 * 1024
"""Styles above all: some programs leave tens of thousands of them behind."""
MOST_CELLS = 60_000
_COVERING = frozenset({"mergeCell", "hyperlink", "comment"})


def is_cheap(*, data: bytes) -> bool:
    """Whether the parts are small and no area covers more than a few cells. Raises what the parser raises."""
    count = _Count()
    xml = beside = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as stream:
                if (
                    not stream.read(64)
                    .replace(b"\0", b"")
                    .lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
                    .startswith(b"<")
                ):
                    continue
            xml += entry.file_size
            if xml > MOST_XML:
                return False
            text = archive.read(entry)
            walk(text, count.element)
            if b"sheetData" not in text:
                beside += len(text)
    return beside <= MOST_BESIDE_SHEETS and count.cells <= MOST_CELLS


class _Count:
    """Cells that are there or would be made."""

    def __init__(self) -> None:
        self.cells = 0

    def element(self, tag: str, said: Mapping[str, str]) -> None:
        """Count one element."""
        if tag == "c":
            self.cells += 1
        elif tag in _COVERING and "ref" in said:
            area = area_of(said["ref"])
            self.cells += (area.bottom - area.top + 1) * (area.right - area.left + 1)
