"""C4: what the items of a course need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from chassis.errors import FieldError, Invalid

from catalog.rules.durations import ItemKind

MAX_READING_SECONDS = 24 * 3600
MAX_ITEMS = 500


class CourseInvalid(Invalid):
    """Something in the chapters does not fit; `errors` lists all of it."""

    code = "catalog.course.invalid"
    title = "课程内容不符合要求"
    next_step = "请按 errors 中每一项的说明修改后再保存。"


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """One item as somebody wants it to be, with what is known of the things that it names."""

    field: str
    """Where it stands in the request, a JSON pointer."""
    item_id: UUID | None
    kind: ItemKind
    media_id: UUID | None
    media: tuple[str, str] | None
    """(kind, state) of the medium, when there is one that the owner may use."""
    paper_version_id: UUID | None
    paper_kind: str | None
    """The kind of the paper, when there is one that the owner may use."""
    reading_seconds: int | None


def check_items(items: Iterable[ItemFacts], *, known_ids: frozenset[UUID]) -> None:
    """Raise CourseInvalid with everything that is wrong.

    `known_ids` are the ids of the course's present items: an edit may keep them but not invent others.
    """
    errors: list[FieldError] = []
    seen: set[UUID] = set()
    total = 0
    for item in items:
        total += 1
        if item.item_id is not None and (item.item_id not in known_ids or item.item_id in seen):
            errors.append(_error(item, "id", "unknown", "不是本课程的内容编号，或重复出现"))
        if item.item_id is not None:
            seen.add(item.item_id)
        errors.extend(
            _of_media(item) if item.kind in (ItemKind.VIDEO, ItemKind.DOCUMENT) else _of_paper(item)
        )
    if total > MAX_ITEMS:
        message = f"一门课程最多 {MAX_ITEMS} 项内容"
        errors.append(FieldError(field="/chapters", code="too_many", message=message))
    if errors:
        raise CourseInvalid(fields=errors)


def _of_media(item: ItemFacts) -> Iterable[FieldError]:
    if item.paper_version_id is not None:
        yield _error(item, "paper_version_id", "not_allowed", "视频和文档不使用试卷")
    yield from _of_reading(item)
    if item.media_id is None:
        yield _error(item, "media_id", "required", "请选择文件")
    elif item.media is None:
        yield _error(item, "media_id", "unknown", "文件不存在")
    elif item.media[0] != item.kind:
        yield _error(item, "media_id", "other_kind", "所选文件的类型与内容类型不一致")
    elif item.media[1] == "refused":
        yield _error(item, "media_id", "refused", "该文件未通过检查，请重新上传")


def _of_reading(item: ItemFacts) -> Iterable[FieldError]:
    if item.kind is ItemKind.VIDEO:
        if item.reading_seconds is not None:
            yield _error(item, "reading_seconds", "not_allowed", "视频时长由文件读出，无需填写")
    elif item.reading_seconds is None:
        yield _error(item, "reading_seconds", "required", "请填写文档的阅读时长")
    elif not 0 < item.reading_seconds <= MAX_READING_SECONDS:
        yield _error(item, "reading_seconds", "out_of_range", "阅读时长须在 1 秒与 24 小时之间")


def _of_paper(item: ItemFacts) -> Iterable[FieldError]:
    if item.media_id is not None:
        yield _error(item, "media_id", "not_allowed", "练习和模考不使用文件")
    if item.reading_seconds is not None:
        yield _error(item, "reading_seconds", "not_allowed", "练习和模考没有阅读时长")
    if item.paper_version_id is None:
        yield _error(item, "paper_version_id", "required", "请选择已发布的试卷")
    elif item.paper_kind is None:
        yield _error(item, "paper_version_id", "unknown", "试卷不存在；如刚刚发布，请稍候几秒再试")
    elif item.paper_kind != item.kind:
        yield _error(item, "paper_version_id", "other_kind", "所选试卷的类型与内容类型不一致")


def _error(item: ItemFacts, name: str, code: str, message: str) -> FieldError:
    return FieldError(field=f"{item.field}/{name}", code=code, message=message)
