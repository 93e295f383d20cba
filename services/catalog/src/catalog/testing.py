"""Builders for tests: things as they are after somebody made them, with sensible defaults."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from chassis.ids import new_id
from sqlalchemy.orm import Session

from catalog.models import (
    Category,
    Chapter,
    Course,
    Item,
    KnownClass,
    Medium,
    Package,
    PackageCourse,
    Provider,
    ProviderAddon,
    PublishedPaper,
    Upload,
)
from catalog.rules.ownership import SELF_BUILT_COURSES

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
Row = TypeVar("Row")
TIMES = {"created_at": NOW, "updated_at": NOW}


def category(session: Session, *, name: str = "家政服务员", parent: Category | None = None) -> Category:
    """A category."""
    return added(session, Category(name=name, parent_id=parent.id if parent else None, position=0, **TIMES))


def provider(session: Session, *, active: bool = True) -> Provider:
    """A provider that catalog has heard of."""
    fresh = new_id()
    facts = {"code": "000240", "name": "光明职业培训学校", "dealer_id": new_id(), "active": active}
    return added(session, Provider(provider_id=fresh, sequence=1, **facts))


def known_class(
    session: Session, class_id: uuid.UUID | None = None, *, state: str = "open", epoch: int = 1
) -> KnownClass:
    """A class that catalog has heard of."""
    return added(session, KnownClass(class_id=class_id or new_id(), state=state, epoch=epoch, sequence=1))


def addon(session: Session, provider_id: uuid.UUID) -> ProviderAddon:
    """The self-built-course add-on of a provider (B14)."""
    return added(session, ProviderAddon(provider_id=provider_id, addon=SELF_BUILT_COURSES, active=True))


def paper(
    session: Session, *, kind: str = "exercise", owner: uuid.UUID | None = None, seconds: int = 0
) -> PublishedPaper:
    """A published paper; official unless it has an owner."""
    facts = {"title": "课后练习", "question_count": 3, "total_score": 100, "pass_score": 60}
    made = PublishedPaper(
        paper_version_id=new_id(),
        paper_id=new_id(),
        paper_version=1,
        kind=kind,
        provider_id=owner,
        seconds=seconds,
        **facts,
    )
    return added(session, made)


def medium(
    session: Session,
    *,
    kind: str = "video",
    owner: uuid.UUID | None = None,
    seconds: int | None = 6,
    **more: Any,
) -> Medium:
    """A medium that is ready; official unless it has an owner."""
    facts = {
        "name": f"{kind}.bin",
        "state": "ready",
        "key": f"catalog/media/aa/{new_id().hex}",
        "content_type": "video/mp4" if kind == "video" else "application/pdf",
        "size": 1000,
        "created_by": new_id(),
        **more,
    }
    length = seconds if kind == "video" else None
    return added(session, Medium(kind=kind, provider_id=owner, seconds=length, **TIMES, **facts))


def course(
    session: Session,
    *,
    owner: uuid.UUID | None = None,
    name: str = "线上班级班主任操作培训",
    video_seconds: int = 6,
    reading_seconds: int = 10,
    items: Sequence[dict[str, Any]] | None = None,
) -> Course:
    """A course of one chapter: a video, a document and an exercise, unless `items` say otherwise."""
    made = added(session, Course(provider_id=owner, name=name, created_by=new_id(), **TIMES))
    chapter = added(session, Chapter(course_id=made.id, position=0, title="第一章"))
    if items is None:
        video = medium(session, owner=owner, seconds=video_seconds)
        document = medium(session, kind="document", owner=owner)
        items = [
            {"kind": "video", "title": "视频", "media_id": video.id},
            {
                "kind": "document",
                "title": "文档",
                "media_id": document.id,
                "reading_seconds": reading_seconds,
            },
            {"kind": "exercise", "title": "练习", "paper_version_id": paper(session).paper_version_id},
        ]
    for place, item in enumerate(items):
        added(session, Item(chapter_id=chapter.id, position=place, **item))
    return made


def package(
    session: Session,
    *,
    owner: uuid.UUID | None = None,
    courses: Sequence[Course] | None = None,
    **wanted: Any,
) -> Package:
    """A draft with one official course, unless told otherwise."""
    facts: dict[str, Any] = {
        "name": "家政服务员初级",
        "subsidised": True,
        "introduction": "<p>课程包介绍</p>",
        "play_order": "sequential",
        "minutes_per_class_hour": 45,
        "documents_count": True,
        "exam_needed": False,
        "created_by": new_id(),
        **wanted,
    }
    facts.setdefault("category_id", category(session, name=f"工种{new_id().hex[-8:]}").id)
    made = added(session, Package(provider_id=owner, **TIMES, **facts))
    for place, each in enumerate(courses if courses is not None else [course(session)]):
        added(session, PackageCourse(package_id=made.id, position=place, course_id=each.id))
    return made


def upload(
    session: Session, *, by: uuid.UUID, size: int = 10, kind: str = "video", owner: uuid.UUID | None = None
) -> Upload:
    """An upload that was just begun."""
    made = Upload(
        provider_id=owner,
        created_by=by,
        kind=kind,
        name="a.mp4",
        size=size,
        received=0,
        expires_at=NOW,
        **TIMES,
    )
    return added(session, made)


def added(session: Session, row: Row) -> Row:
    """The row, written."""
    session.add(row)
    session.flush()
    return row
