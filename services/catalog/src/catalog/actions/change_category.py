"""C1: rename a category, move it, or put it elsewhere among its siblings."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import refusing
from chassis.errors import NotFound
from chassis.web import check_version
from sqlalchemy.orm import Session

from catalog import events
from catalog.actions.create_category import ParentUnknown, lock_tree, name_taken
from catalog.models import Category
from catalog.queries.categories import tree
from catalog.rules.categories import below, path_of


class CategoryUnknown(NotFound):
    """No such category."""

    code = "catalog.category.not_found"
    title = "分类不存在"
    next_step = "请刷新分类列表。"


def change_category(
    session: Session,
    category_id: uuid.UUID,
    *,
    expected_version: int,
    name: str,
    parent_id: uuid.UUID | None,
    position: int,
    now: datetime,
) -> tuple[Category, list[str]]:
    """Change a category; it and everything below it are announced with their new paths.

    Raises CategoryUnknown, ChangedMeanwhile, ParentUnknown, InsideItself, TooDeep, CategoryNameTaken.
    """
    lock_tree(session)
    category = session.get(Category, category_id, populate_existing=True)
    if category is None:
        raise CategoryUnknown
    check_version(category, expected_version)
    known = dict(tree(session))
    if parent_id is not None and parent_id not in known:
        raise ParentUnknown
    known[category_id] = (parent_id, name)
    paths = {each: path_of(each, known) for each in below(category_id, known)}
    with refusing(session, name_taken()):
        category.name, category.parent_id, category.position = name, parent_id, position
        category.updated_at = now
    for each, path in paths.items():
        changed = session.get_one(Category, each)
        events.category_changed(session, changed, path=path, now=now)
    return category, paths[category_id]
