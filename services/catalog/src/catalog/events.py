"""What the catalog announces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import bus
from sqlalchemy.orm import Session

from catalog.models import Category, PackageVersion

CATEGORY_CHANGED = "catalog.category.changed.v1"
PACKAGE_PUBLISHED = "catalog.package.published.v1"

_ITEM = ("item_id", "kind", "title", "seconds", "media_id", "paper_version_id")
_PACKAGE = (
    "name",
    "provider_id",
    "category_id",
    "subsidised",
    "minutes_per_class_hour",
    "documents_count",
    "play_order",
    "exam",
    "totals",
)


def category_changed(session: Session, category: Category, *, path: Sequence[str], now: datetime) -> None:
    """The present state of a category; a projection at its readers."""
    bus.announce(
        session,
        type=CATEGORY_CHANGED,
        aggregate=("category", category.id),
        subject=f"category/{category.id}",
        data=category_data(category, path),
        now=now,
    )


def category_data(category: Category, path: Sequence[str]) -> dict[str, Any]:
    """The event's data."""
    return {
        "category_id": str(category.id),
        "name": category.name,
        "path": list(path),
        "parent_id": str(category.parent_id) if category.parent_id else None,
    }


def package_published(session: Session, version: PackageVersion, *, now: datetime) -> None:
    """A version of a package, whole: classes take from it what there is to study, and in which order."""
    bus.announce(
        session,
        type=PACKAGE_PUBLISHED,
        aggregate=package_place(version),
        subject=package_subject(version),
        data=published_data(version),
        now=now,
    )


def package_place(version: PackageVersion) -> tuple[str, UUID]:
    """The aggregate of a package's versions."""
    return "package", version.package_id


def package_subject(version: PackageVersion) -> str:
    """The subject of one version: each stands for itself."""
    return f"package/{version.package_id}/version/{version.number}"


def published_data(version: PackageVersion) -> dict[str, Any]:
    """The event's data: the version's content without what only its page needs."""
    content = version.content
    courses = [
        {
            "course_id": course["course_id"],
            "name": course["name"],
            "items": [{name: item[name] for name in _ITEM} for item in course["items"]],
        }
        for course in content["courses"]
    ]
    return {
        "package_id": str(version.package_id),
        "version": version.number,
        **{name: content[name] for name in _PACKAGE},
        "courses": courses,
    }
