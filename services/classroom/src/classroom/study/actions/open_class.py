"""A class opens: what it asks of study is taken over and fixed (K14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from classroom.study.models import StudyClass, StudyItem, StudyState
from classroom.study.rules.completion import Item, course_seconds

SECONDS_PER_HOUR = 3600


def open_class(
    session: Session,
    *,
    class_id: UUID,
    provider_id: UUID,
    package: Mapping[str, Any] | None,
    start_day: date,
    end_day: date,
    supervision: Mapping[str, Any],
    epoch: int,
    minutes_per_class_hour: int,
    now: datetime,
) -> StudyClass:
    """Takes over the package version (the data of catalog.package.published.v1) and the K4 settings of a class.

    ``package`` is None for a class without recorded courses: then everyone who joins is finished (K19).
    """
    items = list(_items(class_id, package)) if package else []
    hours = supervision.get("daily_video_hours")
    study_class = StudyClass(
        class_id=class_id,
        provider_id=provider_id,
        state=StudyState.OPEN.value,
        epoch=epoch,
        start_day=start_day,
        end_day=end_day,
        study_windows=list(supervision.get("study_windows") or ()),
        daily_video_seconds=hours * SECONDS_PER_HOUR if hours else None,
        sequential=package is not None and package["play_order"] == "sequential",
        package_id=UUID(package["package_id"]) if package else None,
        package_version=package["version"] if package else None,
        minutes_per_class_hour=minutes_per_class_hour,
        documents_count=bool(package and package["documents_count"]),
        course_count=len(package["courses"]) if package else 0,
        item_count=len(items),
        course_seconds=course_seconds(Item(item_id=i.item_id, kind=i.kind, seconds=i.seconds) for i in items),
        exam=package["exam"] if package else None,
        opened_at=now,
        updated_at=now,
    )
    session.add(study_class)
    session.flush()
    session.add_all(items)
    session.flush()
    return study_class


def _items(class_id: UUID, package: Mapping[str, Any]) -> Iterator[StudyItem]:
    """The items in play order; one that stands in two courses of the package is learned once, at its first place."""
    before: UUID | None = None
    seen: set[UUID] = set()
    for course in package["courses"]:
        for each in course["items"]:
            item_id = UUID(each["item_id"])
            if item_id in seen:
                continue
            yield StudyItem(
                class_id=class_id,
                item_id=item_id,
                position=len(seen) + 1,
                after_item_id=before if package["play_order"] == "sequential" else None,
                course_id=UUID(course["course_id"]),
                course_name=course["name"],
                kind=each["kind"],
                title=each["title"],
                seconds=each["seconds"] or 0,
                media_id=_id(each.get("media_id")),
                paper_version_id=_id(each.get("paper_version_id")),
            )
            seen.add(item_id)
            before = item_id


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
