"""What creating a class and changing its basic settings share (K2)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from chassis.errors import FieldError, Invalid
from sqlalchemy.orm import Session

from classroom.classes.models import KnownCategory

_COLUMNS = (
    "name",
    "start_day",
    "end_day",
    "planned_headcount",
    "category_id",
    "training_enterprise",
    "supervision_number",
    "announcement",
)


class CategoryUnknown(Invalid):
    """No such category."""

    code = "classroom.class.category_unknown"
    title = "所选的培训分类不存在"
    next_step = "请重新选择培训分类；刚创建的分类请稍候几秒再试。"


def require_category(session: Session, *, category_id: uuid.UUID) -> None:
    """Raise CategoryUnknown unless catalog has announced the category."""
    if session.get(KnownCategory, category_id) is None:
        wrong = FieldError(field="/category_id", code="unknown", message="请选择培训分类。")
        raise CategoryUnknown(fields=[wrong])


def basic_values(basics: Mapping[str, Any]) -> dict[str, Any]:
    """The wizard's step 1 as columns of a class."""
    region = basics["region"]
    return {
        **{column: basics[column] for column in _COLUMNS},
        "province": region["province"],
        "city": region["city"],
        "district": region["district"],
    }
