"""The present states that are announced again when a reader rebuilds its projection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog import events
from catalog.models import Category, PackageVersion
from catalog.queries.categories import tree
from catalog.rules.categories import path_of

CHUNK = 100
"""Versions read at once: each holds the whole content of its courses."""

State = tuple[tuple[str, UUID], str, dict[str, Any]]


def categories(session: Session) -> Iterator[State]:
    """Every category as it is now."""
    known = tree(session)
    for category in session.scalars(sa.select(Category).order_by(Category.id)):
        data = events.category_data(category, path_of(category.id, known))
        yield ("category", category.id), f"category/{category.id}", data


def packages(session: Session) -> Iterator[State]:
    """Every version of a package that was ever published: none of them changes or goes."""
    order = (PackageVersion.package_id, PackageVersion.number)
    versions = session.scalars(sa.select(PackageVersion).order_by(*order).execution_options(yield_per=CHUNK))
    for version in versions:
        yield events.package_place(version), events.package_subject(version), events.published_data(version)
