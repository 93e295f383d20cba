"""Workbooks that go out: the template, the roster, a user's file with its errors marked (K6, K11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from files.workbooks import TEXT, saved, text_cell, write_text
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from classroom.roster.rules.columns import HEADINGS, Column
from classroom.roster.rules.document_numbers import SEX_LABELS
from classroom.roster.rules.document_types import LABELS, SHAPES
from classroom.roster.rules.sheets import MOST_ROWS

WIDTHS = {
    Column.NAME: 16,
    Column.CONTACT: 24,
    Column.DOCUMENT_TYPE: 26,
    Column.DOCUMENT_NUMBER: 26,
    Column.SEX: 8,
}
EXAMPLES = (
    ("张三", "13800138000", "居民身份证", "11010519491231002X", "女"),
    ("买买提·艾力", "新疆喀什市某街道 1 号", "居民身份证", "653101199003072218", "男"),
    ("LI, Ming", "liming@example.com", "护照", "E12345678", "男"),
)
EXAMPLES_TITLE = "填写说明和示例"
"""The sheet of the template that is never a roster."""
_HEAD = PatternFill("solid", start_color="FFE8F1FB")


def template() -> bytes:
    """报名名单模板: five columns as text, drop-downs for type and sex, an example on a sheet of its own."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "报名名单"
    _head(sheet)
    last = MOST_ROWS + 1
    for place, column in enumerate(Column, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = WIDTHS[column]
        for row in range(2, last + 1):
            sheet[f"{letter}{row}"].number_format = TEXT
    _choices(sheet, f"C2:C{last}", list(LABELS.values()))
    _choices(sheet, f"E2:E{last}", list(SEX_LABELS.values()))
    _explain(book.create_sheet(EXAMPLES_TITLE))
    return saved(book)


def roster_book(*, rows: Iterable[Sequence[str]]) -> bytes:
    """导出学员: five columns and when each joined, everything as text, so that no digit is lost."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("学员名单")
    for place, width in enumerate([*WIDTHS.values(), 12, 22], start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([text_cell(sheet, each, bold=True) for each in [*HEADINGS.values(), "加入状态", "加入时间"]])
    for row in rows:
        sheet.append([text_cell(sheet, each) for each in row])
    return saved(book)


def plain_sheet(*, rows: Iterable[Sequence[str]]) -> Any:
    """The one sheet of a new workbook of texts: what an old .xls is given back as."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "学员名单"  # the old title may have signs that no .xlsx has in its own
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            write_text(sheet.cell(row=number, column=place), text)
    return sheet


def _head(sheet: Any) -> None:
    for place, label in enumerate(HEADINGS.values(), start=1):
        cell = sheet.cell(row=1, column=place, value=label)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(horizontal="center")
    sheet.freeze_panes = "A2"


def _choices(sheet: Any, cells: str, choices: Sequence[str]) -> None:
    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    rule.error, rule.errorTitle = "请从下拉列表中选择。", "内容不正确"
    rule.showErrorMessage = True
    sheet.add_data_validation(rule)
    rule.add(cells)


def _explain(sheet: Any) -> None:
    _head(sheet)
    for row in EXAMPLES:
        sheet.append(list(row))
    notes = [
        "填写说明（本页只供参考，不会被导入；请在“报名名单”页填写）：",
        f"1. 每班最多 {MOST_ROWS} 人，五列都要填写；请不要修改首行表头，不要合并单元格。",
        "2. 证件号码请以文本录入：模板已把该列设为文本，从别处粘贴时请选择“只粘贴文本”。",
        "3. 联系方式可以是电话、地址或电子邮箱，不用于加入班级。",
        *(f"{LABELS[kind]}：{shape}。" for kind, (_, shape) in SHAPES.items()),
    ]
    for place, note in enumerate(notes, start=len(EXAMPLES) + 3):
        sheet.cell(row=place, column=1, value=note)
    for place, width in enumerate(WIDTHS.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
