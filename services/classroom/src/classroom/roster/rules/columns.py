"""The five columns of a roster (K6) and how their headings are found in a user's file."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis.errors import FieldError, Invalid


class Column(enum.StrEnum):
    """A column, by its field's name in the API."""

    NAME = "name"
    CONTACT = "contact"
    DOCUMENT_TYPE = "document_type"
    DOCUMENT_NUMBER = "document_number"
    SEX = "sex"


HEADINGS = {
    Column.NAME: "姓名",
    Column.CONTACT: "联系方式",
    Column.DOCUMENT_TYPE: "证件类型",
    Column.DOCUMENT_NUMBER: "证件号码",
    Column.SEX: "性别",
}
OTHER_NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: ("学员姓名", "学生姓名", "人员姓名", "真实姓名", "名字", "学员"),
    Column.CONTACT: (
        *("手机号", "手机号码", "手机", "联系电话", "电话", "电话号码", "移动电话", "联系手机", "联系人电话"),
    ),
    Column.DOCUMENT_TYPE: ("证件类别", "证件种类", "证件名称", "身份证件类型", "有效证件类型"),
    Column.DOCUMENT_NUMBER: (
        *(
            "身份证号",
            "身份证号码",
            "证件号",
            "身份证件号码",
            "身份证件号",
            "公民身份号码",
            "居民身份证号",
            "证件编号",
        ),
        "居民身份证号码",
    ),
    Column.SEX: ("男女",),
}
"""What else such columns are commonly called; understood only where no column has the proper name."""


class ColumnsMissing(Invalid):
    """A heading that the roster needs is not in the heading row."""

    code = "classroom.roster.columns_missing"
    title = "名单缺少必需的列"
    next_step = (
        "请下载标准模板，把内容粘贴到模板中再上传；表头必须有 姓名、联系方式、证件类型、证件号码、性别。"
    )


class ColumnsRepeated(Invalid):
    """Two columns have the same heading."""

    code = "classroom.roster.columns_repeated"
    title = "名单中有重复的列"
    next_step = "请删除重复的列，每个表头只保留一列。"


class HeadingsMerged(Invalid):
    """Cells of the heading row, or of a title above it, are merged, so that it can't be told which column is which."""

    code = "classroom.roster.headings_merged"
    title = "表头有合并的单元格"
    next_step = "请取消合并单元格，删除表头上方的标题行，使首行是五个列名，再上传。"


@dataclass(frozen=True, kw_only=True)
class Found:
    """Where the columns are, and the headings that were understood by another name."""

    columns: dict[Column, int]
    understood: dict[str, Column]


def plain_heading(text: str) -> str:
    """ " * 姓 名（必填）" → "姓名". The text has been cleaned as a word."""
    bare = text.replace("（", "(").split("(", 1)[0]
    return "".join(sign for sign in bare if not sign.isspace() and sign not in "*＊：:")


def known_headings(headings: Mapping[int, str]) -> int:
    """How many of the five columns a row names, by whatever name."""
    plain = {plain_heading(each) for each in headings.values()}
    return sum(1 for column in Column if plain & {HEADINGS[column], *OTHER_NAMES[column]})


def find_columns(*, headings: Mapping[int, str], row: int, merged: bool = False) -> Found:
    """Column → its position in the row. `merged` says that cells of the heading row are merged.

    Raises HeadingsMerged, ColumnsMissing (naming each one) or ColumnsRepeated.
    """
    if merged:
        raise HeadingsMerged
    plain = {place: plain_heading(each) for place, each in headings.items()}
    places = {column: _places(plain, column) for column in Column}
    missing = [HEADINGS[column] for column in Column if not places[column]]
    if missing:
        raise ColumnsMissing(
            f"第 {row} 行的表头中没有找到：{'、'.join(missing)}。",
            fields=[_at_heading(each, row) for each in missing],
        )
    repeated = {column: found for column, found in places.items() if len(found) > 1}
    if repeated:
        named = "；".join(
            _repeated(column, [plain[place] for place in found]) for column, found in repeated.items()
        )
        raise ColumnsRepeated(f"{named}。", fields=[_at_heading(HEADINGS[each], row) for each in repeated])
    columns = {column: found[0] for column, found in places.items()}
    understood = {
        plain[place]: column for column, place in columns.items() if plain[place] != HEADINGS[column]
    }
    return Found(columns=columns, understood=understood)


def _places(plain: Mapping[int, str], column: Column) -> Sequence[int]:
    """Where the column has its proper name, else where it has another."""
    proper = [place for place, text in plain.items() if text == HEADINGS[column]]
    return proper or [place for place, text in plain.items() if text in OTHER_NAMES[column]]


def _repeated(column: Column, found: Sequence[str]) -> str:
    if len(set(found)) == 1:
        return f"“{found[0]}”出现了多次"
    return f"{'、'.join(f'“{each}”' for each in found)}都可能是“{HEADINGS[column]}”，请只保留一列"


def _at_heading(label: str, row: int) -> FieldError:
    return FieldError(
        field="/file", code="column", message=f"请检查“{label}”这一列的表头。", row=row, column=label
    )
