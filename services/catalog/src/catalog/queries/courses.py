"""Reading courses with their durations (C4)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from chassis.errors import NotFound
from sqlalchemy.orm import Session, selectinload

from catalog.models import Chapter, Course, Item, Medium, PublishedPaper
from catalog.queries.visibility import of_tab, owned, visible
from catalog.rules.durations import Durations, durations_of
from catalog.rules.ownership import Scope

DEEP = selectinload(Course.chapters).selectinload(Chapter.items)
WITH_CONTENT = (DEEP.selectinload(Item.medium), DEEP.selectinload(Item.paper))


class CourseUnknown(NotFound):
    """No such course, somebody else's, or an official one that is not finished."""

    code = "catalog.course.not_found"
    title = "课程不存在"
    next_step = "请刷新列表后重新选择。"


def figures() -> sa.Subquery:
    """Per course: seconds by kind, how many items, and how many of them cannot be played yet."""

    def seconds(kind: str, column: Any) -> Any:
        return sa.func.coalesce(sa.func.sum(sa.case((Item.kind == kind, column), else_=0)), 0)

    waiting = sa.case((Medium.state != "ready", 1), else_=0)
    return (
        sa.select(
            Chapter.course_id,
            seconds("video", sa.func.coalesce(Medium.seconds, 0)).label("video_seconds"),
            seconds("document", Item.reading_seconds).label("document_seconds"),
            seconds("mock_exam", PublishedPaper.seconds).label("mock_seconds"),
            sa.func.count(Item.id).label("item_count"),
            sa.func.sum(waiting).label("waiting"),
        )
        .join(Item, Item.chapter_id == Chapter.id)
        .outerjoin(Medium, Medium.id == Item.media_id)
        .outerjoin(PublishedPaper, PublishedPaper.paper_version_id == Item.paper_version_id)
        .group_by(Chapter.course_id)
        .subquery()
    )


def select_courses(scope: Scope, *, tab: str | None, text: str | None) -> sa.Select[Any]:
    """C9: the courses of a tab with their figures. Of others' only finished ones are shown."""
    found = figures()
    finished = sa.and_(found.c.item_count > 0, found.c.waiting == 0)
    column = Course.provider_id
    select = (
        sa.select(Course, found)
        .outerjoin(found, found.c.course_id == Course.id)
        .where(visible(column, scope), of_tab(column, tab, scope), sa.or_(owned(column, scope), finished))
    )
    if text:
        select = select.where(Course.name.icontains(text, autoescape=True))
    return select.order_by(Course.created_at.desc(), Course.id.desc())


def course_rows(result: sa.Result[Any]) -> Sequence[dict[str, Any]]:
    """The rows of `select_courses` as they are shown."""
    return [_summary(row) for row in result]


def find_course(session: Session, course_id: uuid.UUID, *, scope: Scope) -> Course:
    """A course that the account may look at, with all that it holds. Raises CourseUnknown."""
    wanted = sa.select(Course).where(Course.id == course_id, visible(Course.provider_id, scope))
    found = session.scalar(wanted.options(*WITH_CONTENT))
    if found is None or not (scope.owns(found.provider_id) or is_ready(found)):
        raise CourseUnknown
    return found


def items_of(course: Course) -> list[Item]:
    """All items in play order."""
    return [item for chapter in course.chapters for item in chapter.items]


def is_ready(course: Course) -> bool:
    """Whether there is something in it and all of it can be played."""
    items = items_of(course)
    return bool(items) and all(item.medium is None or item.medium.state == "ready" for item in items)


def durations(course: Course) -> Durations:
    """C4: the durations of one loaded course."""
    return durations_of((item.kind, item.seconds) for item in items_of(course))


def view(course: Course, *, scope: Scope) -> dict[str, Any]:
    """A course as its page shows it."""
    return {
        "id": course.id,
        "kind": "chapter",
        "official": course.provider_id is None,
        "editable": scope.owns(course.provider_id),
        "name": course.name,
        "version": course.version,
        "ready": is_ready(course),
        "item_count": len(items_of(course)),
        "chapters": course.chapters,
        "created_at": course.created_at,
        "updated_at": course.updated_at,
        **durations(course).as_dict(),
    }


def _summary(row: Any) -> dict[str, Any]:
    course: Course = row.Course
    sums = Durations(
        video_seconds=int(row.video_seconds or 0),
        document_seconds=int(row.document_seconds or 0),
        mock_seconds=int(row.mock_seconds or 0),
    )
    return {
        "id": course.id,
        "kind": "chapter",
        "official": course.provider_id is None,
        "name": course.name,
        "ready": bool(row.item_count) and not row.waiting,
        "item_count": int(row.item_count or 0),
        "created_at": course.created_at,
        "updated_at": course.updated_at,
        **sums.as_dict(),
    }
