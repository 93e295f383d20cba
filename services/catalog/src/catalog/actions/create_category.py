"""C1: a new category in the tree of occupations."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from chassis.db import locked_shared, refusing
from chassis.errors import Conflict, Invalid
from sqlalchemy.orm import Session

from catalog import events
from catalog.models import Category
from catalog.queries.categories import tree
from catalog.rules.categories import path_of


class CategoryNameTaken(Conflict):
    """A sibling has this name."""

    code = "catalog.category.name_taken"
    title = "同级分类中已有这个名称"
    next_step = "请换一个名称，或直接使用已有的分类。"


class ParentUnknown(Invalid):
    """The category to put it under does not exist."""

    code = "catalog.category.parent_unknown"
    title = "上级分类不存在"
    next_step = "请刷新分类列表后重新选择上级分类。"


def create_category(
    session: Session, *, name: str, parent_id: uuid.UUID | None, position: int, now: datetime
) -> tuple[Category, list[str]]:
    """Add a category and announce it; returns it with its path.

    Raises ParentUnknown, CategoryNameTaken, TooDeep.
    """
    # Held while the path is made: a parent that is renamed or moved meanwhile waits.
    if parent_id is not None and locked_shared(session, Category, parent_id) is None:
        raise ParentUnknown
    category = Category(parent_id=parent_id, name=name, position=position, created_at=now, updated_at=now)
    with refusing(session, name_taken()):
        session.add(category)
    path = path_of(category.id, tree(session))
    events.category_changed(session, category, path=path, now=now)
    return category, path


def name_taken() -> dict[str, Conflict]:
    """What a violation of the two unique indexes means."""
    return {"uq_categories_name": CategoryNameTaken(), "uq_categories_root_name": CategoryNameTaken()}


def lock_tree(session: Session) -> None:
    """Moves and renames go one at a time: two moves could otherwise close a ring between them."""
    session.execute(sa.select(Category.id).order_by(Category.id).with_for_update())
