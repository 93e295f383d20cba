"""Courses in and out (C4)."""

from __future__ import annotations

from chassis.web import PageArgs, Schema, fields
from marshmallow import fields as ma

from catalog.queries.visibility import TABS
from catalog.rules.durations import ItemKind


class ItemIn(Schema):
    """An item; `id` keeps the identity of one that the course already has."""

    id = fields.Uuid(load_default=None, allow_none=True)
    kind = fields.Enum(ItemKind, required=True)
    title = fields.String(required=True, min_length=1, max_length=100)
    media_id = fields.Uuid(load_default=None, allow_none=True)
    paper_version_id = fields.Uuid(load_default=None, allow_none=True)
    reading_seconds = fields.Integer(load_default=None, allow_none=True)


class ChapterIn(Schema):
    """A chapter with its items in order."""

    title = fields.String(required=True, min_length=1, max_length=100)
    items = fields.List(fields.Nested(ItemIn), required=True, max_items=200)


class CourseIn(Schema):
    """A course as somebody wants it."""

    name = fields.String(required=True, min_length=1, max_length=100)
    chapters = fields.List(fields.Nested(ChapterIn), required=True, max_items=100)


class DurationsOut(Schema):
    """C4: seconds by kind, and their sum."""

    video_seconds = fields.Integer(required=True)
    document_seconds = fields.Integer(required=True)
    mock_seconds = fields.Integer(required=True)
    course_seconds = fields.Integer(required=True)


class ItemOut(Schema):
    """An item; `seconds` is what it counts for duration, `media_state` whether it can be played yet."""

    id = fields.Uuid(required=True)
    kind = fields.Enum(ItemKind, required=True)
    title = fields.String(required=True)
    seconds = fields.Integer(required=True)
    media_id = fields.Uuid(required=True, allow_none=True)
    media_state = fields.String(attribute="medium.state", dump_default=None, allow_none=True, dump_only=True)
    paper_version_id = fields.Uuid(required=True, allow_none=True)
    paper_title = fields.String(attribute="paper.title", dump_default=None, allow_none=True, dump_only=True)
    reading_seconds = fields.Integer(required=True, allow_none=True)


class ChapterOut(Schema):
    """A chapter with its items in play order."""

    title = fields.String(required=True)
    items = fields.List(fields.Nested(ItemOut), required=True)


class CourseSummary(DurationsOut):
    """A line of the picker: official (官方推荐) or own (自建), its kind and durations."""

    id = fields.Uuid(required=True)
    kind = fields.Enum(("chapter",), required=True)
    official = fields.Boolean(required=True)
    name = fields.String(required=True)
    ready = fields.Boolean(required=True)
    item_count = fields.Integer(required=True)
    created_at = fields.Moment(required=True)
    updated_at = fields.Moment(required=True)


class CourseOut(CourseSummary):
    """A course with its chapters."""

    editable = fields.Boolean(required=True)
    version = fields.Integer(required=True)
    chapters = fields.List(fields.Nested(ChapterOut), required=True)


class CourseArgs(PageArgs):
    """C9: which tab of the picker."""

    owner = fields.Enum(TABS, load_default=None)
    text = fields.String(load_default=None, max_length=100)


class PaperOut(Schema):
    """A published version of a paper that an item or an exam can use."""

    paper_version_id = fields.Uuid(required=True)
    paper_id = fields.Uuid(required=True)
    version = fields.Integer(required=True, attribute="paper_version")
    kind = fields.Enum(("exercise", "mock_exam", "exam"), required=True)
    title = fields.String(required=True)
    official = ma.Function(lambda paper: paper.provider_id is None, metadata={"type": "boolean"})
    question_count = fields.Integer(required=True)
    total_score = fields.Integer(required=True)
    pass_score = fields.Integer(required=True)
    seconds = fields.Integer(required=True)


class PaperArgs(PageArgs):
    """Which papers to list: the newest version of each."""

    owner = fields.Enum(TABS, load_default=None)
    kind = fields.Enum(("exercise", "mock_exam", "exam"), load_default=None)
    text = fields.String(load_default=None, max_length=100)
