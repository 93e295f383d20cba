"""The five columns of a roster (K6) and how their headings are found in a user's file."""

from __future__ import annotations

import enum
from collections.abc import Sequence

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


class ColumnsMissing(Invalid):
    """A heading that the roster needs is not in the first row."""

    code = "classroom.roster.columns_missing"
    title = "名单缺少必需的列"
    next_step = (
        "请下载标准模板，把内容粘贴到模板中再上传；首行必须是 姓名、联系方式、证件类型、证件号码、性别。"
    )


class ColumnsRepeated(Invalid):
    """Two columns have the same heading."""

    code = "classroom.roster.columns_repeated"
    title = "名单中有重复的列"
    next_step = "请删除重复的列，每个表头只保留一列。"


class HeadingsMerged(Invalid):
    """Cells of the heading row are merged, so that it can't be told which column is which."""

    code = "classroom.roster.headings_merged"
    title = "表头有合并的单元格"
    next_step = "请取消合并单元格，删除表头上方的标题行，使首行是五个列名，再上传。"


def plain_heading(text: str) -> str:
    """ " * 姓 名（必填）" → "姓名"."""
    bare = text.replace("（", "(").split("(", 1)[0]
    return "".join(sign for sign in bare if not sign.isspace() and sign not in "*＊：:")


def find_columns(*, headings: Sequence[str], merged: bool) -> dict[Column, int]:
    """Column → its position in the row. `merged` says that cells of the heading row are merged.

    Raises HeadingsMerged, ColumnsMissing (naming each one) or ColumnsRepeated.
    """
    if merged:
        raise HeadingsMerged
    plain = [plain_heading(each) for each in headings]
    missing = [label for label in HEADINGS.values() if label not in plain]
    if missing:
        raise ColumnsMissing(
            f"首行没有找到：{'、'.join(missing)}。", fields=[_at_heading(each) for each in missing]
        )
    repeated = [label for label in HEADINGS.values() if plain.count(label) > 1]
    if repeated:
        raise ColumnsRepeated(
            f"出现了多次：{'、'.join(repeated)}。", fields=[_at_heading(each) for each in repeated]
        )
    return {column: plain.index(label) for column, label in HEADINGS.items()}


def _at_heading(label: str) -> FieldError:
    return FieldError(
        field="/file", code="column", message=f"请检查“{label}”这一列的表头。", row=1, column=label
    )
