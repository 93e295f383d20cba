"""C1–C7: check what a package refers to and put it in, the same way for a new one and an edited one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from chassis.errors import FieldError, Invalid
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from catalog.models import Course, Package, PackageCourse
from catalog.queries.categories import exists
from catalog.queries.known import papers_by_id
from catalog.queries.media import media_by_id
from catalog.rules.ownership import may_compose_from

PLAIN = (
    "name",
    "category_id",
    "subsidised",
    "cover_media_id",
    "introduction",
    "play_order",
    "minutes_per_class_hour",
    "documents_count",
    "exam_needed",
    "exam_paper_version_id",
)


class PackageInvalid(Invalid):
    """It refers to something that is not there; `errors` lists all of it."""

    code = "catalog.package.invalid"
    title = "课程包内容不符合要求"
    next_step = "请按 errors 中每一项的说明修改后再保存。"


def fill_package(
    session: Session,
    package: Package,
    *,
    wanted: Mapping[str, Any],
    media_ids: Sequence[uuid.UUID],
    now: datetime,
) -> None:
    """Set all fields and the courses in their order. `media_ids` are the media that the introduction shows.

    Raises PackageInvalid.
    """
    owner = package.provider_id
    errors = [
        *_category(session, wanted),
        *_media(session, wanted, media_ids, owner),
        *_exam(session, wanted, owner),
        *_courses(session, wanted["courses"], owner),
    ]
    if errors:
        raise PackageInvalid(fields=errors)
    for name in PLAIN:
        setattr(package, name, wanted[name])
    package.updated_at = now
    flag_modified(package, "updated_at")  # the order of courses alone is a new version of the draft too
    session.add(package)
    session.flush()
    session.execute(sa.delete(PackageCourse).where(PackageCourse.package_id == package.id))
    rows = [
        PackageCourse(package_id=package.id, position=place, course_id=course_id)
        for place, course_id in enumerate(wanted["courses"])
    ]
    session.add_all(rows)
    session.flush()
    session.expire(package, ["entries", "exam_paper"])


def _category(session: Session, wanted: Mapping[str, Any]) -> Sequence[FieldError]:
    if exists(session, wanted["category_id"]):
        return ()
    return [FieldError(field="/category_id", code="unknown", message="分类不存在")]


def _media(
    session: Session, wanted: Mapping[str, Any], media_ids: Sequence[uuid.UUID], owner: uuid.UUID | None
) -> Sequence[FieldError]:
    cover = wanted["cover_media_id"]
    found = media_by_id(session, {*media_ids, *([cover] if cover else [])}, owner=owner)
    errors = []
    if cover and (cover not in found or found[cover].kind != "cover"):
        errors.append(FieldError(field="/cover_media_id", code="unknown", message="封面不存在，请重新上传"))
    if any(media_id not in found for media_id in media_ids):
        message = "介绍中引用的图片、视频或音频不存在，请重新插入"
        errors.append(FieldError(field="/introduction", code="unknown", message=message))
    return errors


def _exam(session: Session, wanted: Mapping[str, Any], owner: uuid.UUID | None) -> Sequence[FieldError]:
    paper_id = wanted["exam_paper_version_id"]
    if paper_id is None:
        return ()
    field = "/exam_paper_version_id"
    if not wanted["exam_needed"]:
        return [FieldError(field=field, code="not_allowed", message="不需要线上考试时，请不要选择试卷")]
    paper = papers_by_id(session, [paper_id], owner=owner).get(paper_id)
    if paper is None:
        return [FieldError(field=field, code="unknown", message="试卷不存在；如刚刚发布，请稍候几秒再试")]
    if paper.kind != "exam":
        return [FieldError(field=field, code="other_kind", message="请选择考试试卷，而不是练习或模考")]
    return ()


def _courses(session: Session, ids: Sequence[uuid.UUID], owner: uuid.UUID | None) -> Sequence[FieldError]:
    # Held until the package is saved, in one order for all: a course cannot be deleted meanwhile.
    held = sa.select(Course.id, Course.provider_id).where(Course.id.in_(ids)).order_by(Course.id)
    owners = {row.id: row.provider_id for row in session.execute(held.with_for_update(read=True))}
    errors = []
    for place, course_id in enumerate(ids):
        field = f"/courses/{place}"
        if course_id not in owners or not may_compose_from(
            package_owner=owner, course_owner=owners[course_id]
        ):
            errors.append(FieldError(field=field, code="unknown", message="课程不存在"))
        elif course_id in ids[:place]:
            errors.append(FieldError(field=field, code="duplicate", message="同一门课程只能加入一次"))
    return errors
