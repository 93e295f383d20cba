"""A worksheet as it was read, .xlsx or .xls alike: only cells that have something in them, within bounds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from chassis.errors import TooLarge

from classroom.roster.rules.cells import CellValue, Flaw, cell_text
from classroom.roster.rules.cleaning import is_blank

LAST_ROW = 10_000
LAST_COLUMN = 256
MOST_CELLS = 200_000
"""With something in them, in all sheets together."""


class SheetTooWide(TooLarge):
    """Content far away from the roster, or more of it than any roster has."""

    code = "classroom.roster.sheet_too_wide"
    title = "工作表的内容超出了名单范围"
    next_step = "请把学员信息复制到标准模板中，删除模板以外的内容后再上传。"


class Area(NamedTuple):
    """A merged area: rows from 1, columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"第 {self.top}～{self.bottom} 行" if self.bottom > self.top else f"第 {self.top} 行"


@dataclass(kw_only=True)
class Page:
    """A visible worksheet. Rows are numbered as in Excel, columns from 0."""

    title: str
    rows: dict[int, dict[int, CellValue]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)

    def put(self, row: int, column: int, value: CellValue) -> None:
        """Keep a cell unless nothing of it can be seen. Raises SheetTooWide."""
        if not isinstance(value, Flaw) and isinstance(value, str) and is_blank(cell_text(value)):
            return
        if row > LAST_ROW or column >= LAST_COLUMN:
            raise SheetTooWide
        self.rows.setdefault(row, {})[column] = value

    def fill_merged(self) -> None:
        """Say in the empty cells of merged areas that they are such, in rows that have content. Raises SheetTooWide
        when the areas are more than any roster has."""
        left, filled = MOST_CELLS, sorted(self.rows)
        for area in self.merged:
            rows = filled[bisect_left(filled, area.top) : bisect_right(filled, area.bottom)]
            columns = range(area.left, min(area.right, LAST_COLUMN - 1) + 1)
            left -= len(rows) * len(columns) + 1
            if left < 0:
                raise SheetTooWide
            flaw = Flaw(kind="merged", shown=str(area))
            for cells in (self.rows[row] for row in rows):
                for column in columns:
                    cells.setdefault(column, flaw)
