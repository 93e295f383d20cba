"""Reading the tree of categories."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.models import Category
from catalog.rules.categories import Tree, path_of


def tree(session: Session) -> Tree:
    """The whole tree: it has hundreds of nodes, not millions."""
    rows = session.execute(sa.select(Category.id, Category.parent_id, Category.name))
    return {row.id: (row.parent_id, row.name) for row in rows}


def list_categories(session: Session) -> Sequence[dict[str, Any]]:
    """C1: all categories with their paths; siblings in their order."""
    known = tree(session)
    rows = session.scalars(sa.select(Category).order_by(Category.position, Category.name, Category.id))
    return [view(row, path_of(row.id, known)) for row in rows]


def view(category: Category, path: Sequence[str]) -> dict[str, Any]:
    """A category as it is shown."""
    return {
        "id": category.id,
        "parent_id": category.parent_id,
        "name": category.name,
        "path": list(path),
        "position": category.position,
        "version": category.version,
    }


def exists(session: Session, category_id: uuid.UUID) -> bool:
    """Whether there is such a category."""
    return session.scalar(sa.select(Category.id).where(Category.id == category_id)) is not None
