"""A whole roster file: every row judged, all or nothing (K6, K8, X9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chassis.errors import Invalid

from classroom.roster.rules.cells import CellValue, cell_text, lost_digits
from classroom.roster.rules.columns import HEADINGS, Column
from classroom.roster.rules.entries import Entry, Problem, Written, judge_entry

MOST_ROWS = 500
"""A class has at most 500 enrolments (K8)."""


class SheetEmpty(Invalid):
    """No person below the headings."""

    code = "classroom.roster.sheet_empty"
    title = "名单中没有学员"
    next_step = "请在首行表头下面逐行填写学员信息，保存后再上传。"


class TooManyRows(Invalid):
    """More people than any class may have."""

    code = "classroom.roster.too_many_rows"
    title = "名单超过 500 人"
    next_step = "每班最多 500 名学员，请拆分名单并分别建班。"


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """A problem at its place in the user's file. `row` counts from 1, as Excel does."""

    row: int
    problem: Problem


@dataclass(frozen=True, kw_only=True)
class ReadRow:
    """A row of which nothing is wrong."""

    row: int
    entry: Entry


@dataclass(kw_only=True)
class Judgement:
    """What became of a file."""

    rows: list[ReadRow] = field(default_factory=list)
    errors: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)


NumberedRow = tuple[int, Sequence[CellValue | None]]


def filled_rows(
    *,
    rows: Iterable[NumberedRow],
    columns: Mapping[Column, int],
    unread_formulas: frozenset[tuple[int, Column]] = frozenset(),
) -> list[NumberedRow]:
    """The rows in which at least one of the five columns is filled, be it with a formula that has no result.

    Raises SheetEmpty when there are none and TooManyRows as soon as there are more than 500.
    """
    filled: list[NumberedRow] = []
    for number, cells in rows:
        if any(
            _text(cells, place) or (number, column) in unread_formulas for column, place in columns.items()
        ):
            filled.append((number, cells))
        if len(filled) > MOST_ROWS:
            raise TooManyRows
    if not filled:
        raise SheetEmpty
    return filled


def judge_sheet(
    *,
    rows: Sequence[NumberedRow],
    columns: Mapping[Column, int],
    unread_formulas: frozenset[tuple[int, Column]] = frozenset(),
    today: date,
) -> Judgement:
    """Judge every row, and find people who stand in the file twice (K8).

    `unread_formulas` are the cells with a formula whose result is not in the file.
    """
    judged = Judgement()
    first_seen: dict[str, int] = {}
    for number, cells in rows:
        entry, problems = _judge_row(number, cells, columns, unread_formulas, today)
        if entry is not None and (before := first_seen.setdefault(entry.document_number, number)) != number:
            problems.append(_twice(before, entry))
            entry = None
        for each in sorted(problems, key=lambda problem: list(Column).index(problem.column)):
            place = judged.warnings if each.warning else judged.errors
            place.append(RowProblem(row=number, problem=each))
        if entry is not None:
            judged.rows.append(ReadRow(row=number, entry=entry))
    return judged


def _judge_row(
    number: int,
    cells: Sequence[CellValue | None],
    columns: Mapping[Column, int],
    unread_formulas: frozenset[tuple[int, Column]],
    today: date,
) -> tuple[Entry | None, list[Problem]]:
    texts = {column: _text(cells, place) for column, place in columns.items()}
    entry, problems = judge_entry(
        written=Written(**{column.value: texts[column] for column in Column}), today=today
    )
    instead = [_unread_formula(column) for column in Column if (number, column) in unread_formulas]
    if lost_digits(_at(cells, columns[Column.DOCUMENT_NUMBER])):
        instead.append(_lost(texts[Column.DOCUMENT_NUMBER]))
    if not instead:
        return entry, problems
    replaced = {each.column for each in instead}
    return None, [*instead, *(each for each in problems if each.column not in replaced)]


def _lost(value: str) -> Problem:
    return Problem(
        column=Column.DOCUMENT_NUMBER,
        code="stored_as_number",
        message="证件号码被 Excel 存成了数字，15 位以后的数字已丢失。"
        "请先把整列的单元格格式设为“文本”，再重新录入完整号码。",
        value=value,
    )


def _unread_formula(column: Column) -> Problem:
    return Problem(
        column=column,
        code="formula",
        message=f"“{HEADINGS[column]}”是公式且没有计算结果。请复制该列，用“选择性粘贴 → 数值”粘贴后再上传。",
        value="",
    )


def _twice(before: int, entry: Entry) -> Problem:
    return Problem(
        column=Column.DOCUMENT_NUMBER,
        code="repeated",
        message=f"与第 {before} 行的证件号码相同，同一班级中每个证件号码只能出现一次，请删除其中一行。",
        value=entry.document_number,
    )


def _at(cells: Sequence[CellValue | None], place: int) -> CellValue | None:
    return cells[place] if place < len(cells) else None


def _text(cells: Sequence[CellValue | None], place: int) -> str:
    return cell_text(_at(cells, place))
