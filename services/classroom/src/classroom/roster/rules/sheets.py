"""A whole roster file: every row judged, all or nothing (K6, K8, X9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chassis.errors import Invalid

from classroom.roster.rules.cells import Cells, cell_text, flaw_of, is_scientific, lost_digits
from classroom.roster.rules.cleaning import is_blank
from classroom.roster.rules.columns import HEADINGS, Column
from classroom.roster.rules.document_numbers import tidy_number
from classroom.roster.rules.entries import Entry, Problem, Written, judge_entry

MOST_ROWS = 500
"""A class has at most 500 enrolments (K8)."""
LONGEST_SHOWN = 200
"""Characters of a wrong value that are said back."""


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
    numbers: list[str | None] = field(default_factory=list)
    """The document number of each different person, wrong rows included; None where it cannot be read."""


NumberedRow = tuple[int, Cells]


def filled_rows(*, rows: Iterable[NumberedRow], columns: Mapping[Column, int]) -> list[NumberedRow]:
    """The rows in which at least one of the five columns is filled, be it with a formula that has no result.

    Raises SheetEmpty when there are none and TooManyRows when there are more than 500.
    """
    filled = [(number, cells) for number, cells in rows if _is_filled(cells, columns)]
    if len(filled) > MOST_ROWS:
        raise TooManyRows(f"名单共有 {len(filled)} 人，每班最多 {MOST_ROWS} 人。")
    if not filled:
        raise SheetEmpty
    return filled


def _is_filled(cells: Cells, columns: Mapping[Column, int]) -> bool:
    """The rest of a merged area is no content: one person may stand on two lines."""
    for place in columns.values():
        flaw = flaw_of(cells.get(place))
        if flaw.kind != "merged" if flaw else not is_blank(cell_text(cells.get(place))):
            return True
    return False


def judge_sheet(*, rows: Sequence[NumberedRow], columns: Mapping[Column, int], today: date) -> Judgement:
    """Judge every row, and find people who stand in the file twice, whatever else is wrong with them (K6, K8)."""
    judged = Judgement()
    first_seen: dict[str, int] = {}
    for number, cells in rows:
        entry, problems = _judge_row(cells, columns, today)
        document = _document_number(cells, columns)
        before = number if document is None else first_seen.setdefault(document, number)
        if document is not None and before != number:
            problems.append(_twice(before, document))
            entry = None
        else:
            judged.numbers.append(document)
        for each in sorted(problems, key=lambda problem: list(Column).index(problem.column)):
            place = judged.warnings if each.warning else judged.errors
            place.append(RowProblem(row=number, problem=each))
        if entry is not None:
            judged.rows.append(ReadRow(row=number, entry=entry))
    return judged


def _document_number(cells: Cells, columns: Mapping[Column, int]) -> str | None:
    """What tells people apart; None when it is missing or its digits are lost."""
    value = cells.get(columns[Column.DOCUMENT_NUMBER])
    number = tidy_number(cell_text(value))
    if flaw_of(value) or lost_digits(value) or is_scientific(number):
        return None
    return number or None


def _judge_row(
    cells: Cells, columns: Mapping[Column, int], today: date
) -> tuple[Entry | None, list[Problem]]:
    texts = {column: cell_text(cells.get(place)) for column, place in columns.items()}
    entry, problems = judge_entry(
        written=Written(**{column.value: texts[column] for column in Column}), today=today
    )
    instead = [
        problem
        for column in Column
        if (problem := _misread(column, cells, columns, texts[column])) is not None
    ]
    if not instead:
        return entry, problems
    replaced = {each.column for each in instead}
    return None, [*instead, *(each for each in problems if each.column not in replaced)]


def _misread(column: Column, cells: Cells, columns: Mapping[Column, int], text: str) -> Problem | None:
    """Why the cell does not say what its author meant, if so: then nothing else needs to be said about it."""
    value = cells.get(columns[column])
    flaw = flaw_of(value)
    if flaw is not None:
        return Problem(
            column=column,
            code=flaw.kind,
            message=_FLAWS[flaw.kind].format(HEADINGS[column], flaw.shown),
            value=text,
        )
    if column is Column.DOCUMENT_NUMBER and lost_digits(value):
        return Problem(column=column, code="stored_as_number", message=_LOST, value=text)
    if column is Column.DOCUMENT_NUMBER and is_scientific(tidy_number(text)):
        return Problem(column=column, code="scientific", message=_SCIENTIFIC.format(text), value=text)
    return None


_FLAWS = {
    "formula": "“{0}”是公式且没有计算结果。请复制该列，用“选择性粘贴 → 数值”粘贴后再上传。",
    "error_value": "“{0}”的单元格是错误值 {1}，多半是公式引用的内容找不到了。请改成实际内容后再上传。",
    "merged": "“{0}”是合并的单元格（{1}），只有左上角一格有内容。请取消合并，每行各填一遍。",
}
_LOST = (
    "证件号码被 Excel 存成了数字，15 位以后的数字已丢失。"
    "请先把整列的单元格格式设为“文本”，再重新录入完整号码。"
)
_SCIENTIFIC = (
    "证件号码写成了科学计数法（{0}），后面的数字已丢失，多半是另存为 CSV 时造成的。"
    "请先把整列的单元格格式设为“文本”，再重新录入完整号码。"
)


def _twice(before: int, number: str) -> Problem:
    return Problem(
        column=Column.DOCUMENT_NUMBER,
        code="repeated",
        message=f"与第 {before} 行的证件号码相同，同一班级中每个证件号码只能出现一次，请删除其中一行。",
        value=number,
    )
