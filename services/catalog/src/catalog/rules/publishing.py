"""C5–C8: what a package needs before it becomes a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chassis.errors import FieldError, Invalid

MAX_ITEMS = 2_000
"""A version travels whole, and every class that chooses it keeps its items."""


class PlayOrder(StrEnum):
    """C5: an item opens when the one before it is complete, or all are open."""

    SEQUENTIAL = "sequential"
    FREE = "free"


class NotPublishable(Invalid):
    """Something is missing; `errors` lists all of it."""

    code = "catalog.package.not_publishable"
    title = "课程包尚不能发布"
    next_step = "请按 errors 中每一项的说明补齐后再发布。"


@dataclass(frozen=True, kw_only=True)
class CourseFacts:
    """What publishing wants to know of one course of the package."""

    name: str
    items: int
    processing: Sequence[str]
    """Titles of the items whose media are still being judged."""
    refused: Sequence[str]
    """Titles of the items whose media were refused."""


def check_publishable(*, courses: Sequence[CourseFacts], exam_needed: bool, has_paper: bool) -> None:
    """C5, C7: at least one course, every course with items that can be played, and a paper where an exam is
    needed. Raises NotPublishable with every reason at once."""
    errors: list[FieldError] = []
    if not courses:
        errors.append(FieldError(field="/courses", code="required", message="请至少选择一门课程"))
    for place, course in enumerate(courses):
        errors.extend(_of_course(f"/courses/{place}", course))
    if sum(course.items for course in courses) > MAX_ITEMS:
        message = f"一个课程包最多 {MAX_ITEMS} 项内容，请拆分为几个课程包"
        errors.append(FieldError(field="/courses", code="too_many", message=message))
    if exam_needed and not has_paper:
        errors.append(
            FieldError(field="/exam_paper_version_id", code="required", message="需要线上考试时，请选择试卷")
        )
    if errors:
        raise NotPublishable(fields=errors)


def _of_course(field: str, course: CourseFacts) -> list[FieldError]:
    if not course.items:
        return [FieldError(field=field, code="empty", message=f"课程“{course.name}”还没有内容")]
    return [
        *(
            FieldError(field=field, code="processing", message=f"“{title}”仍在处理中，请稍候")
            for title in course.processing
        ),
        *(
            FieldError(field=field, code="refused", message=f"“{title}”的文件未通过检查，请重新上传")
            for title in course.refused
        ),
    ]
