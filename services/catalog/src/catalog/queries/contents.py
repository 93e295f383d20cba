"""C5–C8: what a package consists of, composed from its draft; publishing freezes exactly this."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy.orm import selectinload

from catalog.models import Chapter, Course, Item, Package, PackageCourse
from catalog.queries.courses import durations
from catalog.rules.durations import Durations, class_hours

_DEEP = (
    selectinload(Package.entries)
    .selectinload(PackageCourse.course)
    .selectinload(Course.chapters)
    .selectinload(Chapter.items)
)
WITH_COURSES = (
    _DEEP.selectinload(Item.medium),
    _DEEP.selectinload(Item.paper),
    selectinload(Package.exam_paper),
)


def content_of(package: Package) -> dict[str, Any]:
    """The package as it would be published now: plain JSON, courses and items in play order, with durations."""
    courses = [_course(entry.course) for entry in package.entries]
    total = sum((durations(entry.course) for entry in package.entries), Durations())
    hours = class_hours(
        total,
        minutes_per_class_hour=package.minutes_per_class_hour,
        documents_count=package.documents_count,
    )
    return {
        "name": package.name,
        "provider_id": _text(package.provider_id),
        "category_id": str(package.category_id),
        "subsidised": package.subsidised,
        "cover_media_id": _text(package.cover_media_id),
        "introduction": package.introduction,
        "minutes_per_class_hour": package.minutes_per_class_hour,
        "documents_count": package.documents_count,
        "play_order": package.play_order,
        "exam_needed": package.exam_needed,
        "exam": _exam(package),
        "courses": courses,
        "totals": {**total.as_dict(), "class_hours": hours},
    }


def digest_of(content: dict[str, Any]) -> str:
    """A fingerprint: two drafts with the same fingerprint would be the same version."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _exam(package: Package) -> dict[str, Any] | None:
    paper = package.exam_paper
    if paper is None:
        return None
    return {"paper_version_id": str(paper.paper_version_id), "title": paper.title, "seconds": paper.seconds}


def _course(course: Course) -> dict[str, Any]:
    return {
        "course_id": str(course.id),
        "name": course.name,
        "kind": "chapter",
        **durations(course).as_dict(),
        "items": [_item(chapter, item) for chapter in course.chapters for item in chapter.items],
    }


def _item(chapter: Chapter, item: Item) -> dict[str, Any]:
    return {
        "item_id": str(item.id),
        "chapter": chapter.title,
        "kind": item.kind,
        "title": item.title,
        "seconds": item.seconds,
        "media_id": _text(item.media_id),
        "paper_version_id": _text(item.paper_version_id),
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
