"""Packages in and out (C1–C8)."""

from __future__ import annotations

from chassis.web import PageArgs, Schema, fields

from catalog.queries.visibility import TABS
from catalog.rules.durations import DEFAULT_MINUTES
from catalog.rules.publishing import PlayOrder
from catalog.schemas.courses import DurationsOut
from catalog.schemas.html import RichText


class PackageIn(Schema):
    """The draft as somebody wants it, whole."""

    name = fields.String(required=True, min_length=1, max_length=100)
    category_id = fields.Uuid(required=True)
    subsidised = fields.Boolean(load_default=False)
    cover_media_id = fields.Uuid(load_default=None, allow_none=True)
    introduction = RichText(load_default="")
    play_order = fields.Enum(PlayOrder, load_default=PlayOrder.SEQUENTIAL)
    minutes_per_class_hour = fields.Integer(minimum=1, maximum=240, load_default=DEFAULT_MINUTES)
    documents_count = fields.Boolean(load_default=True)
    exam_needed = fields.Boolean(load_default=False)
    exam_paper_version_id = fields.Uuid(load_default=None, allow_none=True)
    courses = fields.List(fields.Uuid(), load_default=list, max_items=100)


class ExamOut(Schema):
    """C7: the paper of the online exam, and its time."""

    paper_version_id = fields.Uuid(required=True)
    title = fields.String(required=True)
    seconds = fields.Integer(required=True)


class PackageItemOut(Schema):
    """An item in play order."""

    item_id = fields.Uuid(required=True)
    chapter = fields.String(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    seconds = fields.Integer(required=True)
    media_id = fields.Uuid(required=True, allow_none=True)
    paper_version_id = fields.Uuid(required=True, allow_none=True)


class PackageCourseOut(DurationsOut):
    """A course of the package with its durations (C4)."""

    course_id = fields.Uuid(required=True)
    name = fields.String(required=True)
    kind = fields.Enum(("chapter",), required=True)
    items = fields.List(fields.Nested(PackageItemOut), required=True)


class TotalsOut(DurationsOut):
    """C6: the sums over all courses, and the class hours that they make."""

    class_hours = fields.Integer(required=True)


class PackageSummary(Schema):
    """A line of the list. `changed_since_published` says that publishing would make a new version."""

    id = fields.Uuid(required=True)
    official = fields.Boolean(required=True)
    editable = fields.Boolean(required=True)
    name = fields.String(required=True)
    category_id = fields.Uuid(required=True)
    category_path = fields.List(fields.String(), required=True)
    subsidised = fields.Boolean(required=True)
    cover_url = fields.String(required=True, allow_none=True, max_length=4000)
    play_order = fields.Enum(PlayOrder, required=True)
    minutes_per_class_hour = fields.Integer(required=True)
    documents_count = fields.Boolean(required=True)
    exam_needed = fields.Boolean(required=True)
    course_count = fields.Integer(required=True)
    totals = fields.Nested(TotalsOut, required=True)
    published_version = fields.Integer(required=True, allow_none=True)
    changed_since_published = fields.Boolean(required=True)
    created_at = fields.Moment(required=True)
    updated_at = fields.Moment(required=True)


class PackageOut(PackageSummary):
    """A package whole: the draft for its owner, the newest version for others."""

    version = fields.Integer(required=True)
    cover_media_id = fields.Uuid(required=True, allow_none=True)
    introduction = fields.String(required=True, max_length=1_000_000)
    exam = fields.Nested(ExamOut, required=True, allow_none=True)
    courses = fields.List(fields.Nested(PackageCourseOut), required=True)


class PackageArgs(PageArgs):
    """C9: which packages to list. A category stands for everything below it."""

    owner = fields.Enum(TABS, load_default=None)
    published = fields.QueryBoolean(load_default=None)
    category_id = fields.Uuid(load_default=None)
    text = fields.String(load_default=None, max_length=100)


class VersionSummary(Schema):
    """C8: one published version."""

    number = fields.Integer(required=True)
    published_at = fields.Moment(required=True)


class VersionOut(VersionSummary):
    """C8: one published version, whole; it never changes."""

    package_id = fields.Uuid(required=True)
    name = fields.String(required=True)
    category_id = fields.Uuid(required=True)
    category_path = fields.List(fields.String(), required=True)
    subsidised = fields.Boolean(required=True)
    cover_media_id = fields.Uuid(required=True, allow_none=True)
    cover_url = fields.String(required=True, allow_none=True, max_length=4000)
    introduction = fields.String(required=True, max_length=1_000_000)
    play_order = fields.Enum(PlayOrder, required=True)
    minutes_per_class_hour = fields.Integer(required=True)
    documents_count = fields.Boolean(required=True)
    exam_needed = fields.Boolean(required=True)
    exam = fields.Nested(ExamOut, required=True, allow_none=True)
    courses = fields.List(fields.Nested(PackageCourseOut), required=True)
    totals = fields.Nested(TotalsOut, required=True)
