"""C4: put chapters and items into a course, the same way for a new one and an edited one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.models import Chapter, Course, Item
from catalog.queries.known import papers_by_id
from catalog.queries.media import media_by_id
from catalog.rules.courses import ItemFacts, check_items
from catalog.rules.durations import ItemKind


def fill_course(
    session: Session,
    course: Course,
    *,
    chapters: Sequence[Mapping[str, Any]],
    known_ids: frozenset[uuid.UUID],
) -> None:
    """Give the flushed `course` these chapters, in place of those that it has. Items keep the ids they name.

    Raises CourseInvalid.
    """
    check_items(_facts(session, course, chapters), known_ids=known_ids)
    session.execute(sa.delete(Item).where(Item.chapter_id.in_(sa.select(Chapter.id).where(_of(course)))))
    session.execute(sa.delete(Chapter).where(_of(course)))
    for place, chapter in enumerate(chapters):
        made = Chapter(course_id=course.id, position=place, title=chapter["title"])
        session.add(made)
        session.flush()
        session.add_all(_item(made, number, wanted) for number, wanted in enumerate(chapter["items"]))
    session.flush()
    session.expire(course, ["chapters"])


def _of(course: Course) -> sa.ColumnElement[bool]:
    return Chapter.course_id == course.id


def _item(chapter: Chapter, place: int, wanted: Mapping[str, Any]) -> Item:
    kept = {"id": wanted["id"]} if wanted.get("id") else {}
    return Item(
        **kept,
        chapter_id=chapter.id,
        position=place,
        kind=wanted["kind"],
        title=wanted["title"],
        media_id=wanted.get("media_id"),
        paper_version_id=wanted.get("paper_version_id"),
        reading_seconds=wanted.get("reading_seconds"),
    )


def _facts(session: Session, course: Course, chapters: Sequence[Mapping[str, Any]]) -> Iterator[ItemFacts]:
    wanted = [item for chapter in chapters for item in chapter["items"]]
    owner = course.provider_id
    media = media_by_id(session, {i["media_id"] for i in wanted if i.get("media_id")}, owner=owner)
    paper_ids = {i["paper_version_id"] for i in wanted if i.get("paper_version_id")}
    papers = papers_by_id(session, paper_ids, owner=owner)
    for place, chapter in enumerate(chapters):
        for number, item in enumerate(chapter["items"]):
            medium = media.get(item.get("media_id"))
            paper = papers.get(item.get("paper_version_id"))
            yield ItemFacts(
                field=f"/chapters/{place}/items/{number}",
                item_id=item.get("id"),
                kind=ItemKind(item["kind"]),
                media_id=item.get("media_id"),
                media=(medium.kind, medium.state) if medium else None,
                paper_version_id=item.get("paper_version_id"),
                paper_kind=paper.kind if paper else None,
                reading_seconds=item.get("reading_seconds"),
            )
