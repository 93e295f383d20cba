"""The demo's categories (`make run`)."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.actions.create_category import create_category
from catalog.models import Category

DEMO: dict[str, dict[str, tuple[str, ...]]] = {
    "职业技能培训": {
        "生活服务": ("家政服务员", "育婴员", "养老护理员", "保育师"),
        "生产制造": ("电工", "焊工", "叉车司机", "数控车工"),
        "信息技术": ("互联网营销师", "电子商务师"),
        "培训管理": ("线上班级班主任", "教务老师"),
    },
    "企业新型学徒制": {"装备制造": ("机床装调维修工", "工业机器人系统操作员")},
    "安全生产": {"特种作业": ("低压电工作业", "高处作业")},
}


def seed(session: Session, now: datetime) -> None:
    """Add the categories that are missing; running it twice changes nothing."""
    for place, (root, groups) in enumerate(DEMO.items()):
        root_id = _category(session, root, None, place, now=now)
        for number, (group, occupations) in enumerate(groups.items()):
            group_id = _category(session, group, root_id, number, now=now)
            for position, occupation in enumerate(occupations):
                _category(session, occupation, group_id, position, now=now)


def _category(
    session: Session, name: str, parent_id: uuid.UUID | None, position: int, *, now: datetime
) -> uuid.UUID:
    same_parent = Category.parent_id.is_(None) if parent_id is None else Category.parent_id == parent_id
    found = session.scalar(sa.select(Category.id).where(Category.name == name, same_parent))
    if found is not None:
        return found
    made, _ = create_category(session, name=name, parent_id=parent_id, position=position, now=now)
    return made.id
