"""Categories in and out."""

from __future__ import annotations

from chassis.web import Schema, fields


class CategoryIn(Schema):
    """C1: a category as somebody wants it."""

    name = fields.String(required=True, min_length=1, max_length=60)
    parent_id = fields.Uuid(load_default=None, allow_none=True)
    position = fields.Integer(minimum=0, maximum=10_000, load_default=0)


class CategoryOut(Schema):
    """C1: a category with the names from the root down to it."""

    id = fields.Uuid(required=True)
    parent_id = fields.Uuid(required=True, allow_none=True)
    name = fields.String(required=True)
    path = fields.List(fields.String(), required=True)
    position = fields.Integer(required=True)
    version = fields.Integer(required=True)


class CategoriesOut(Schema):
    """The whole tree, flat; siblings in their order."""

    items = fields.List(fields.Nested(CategoryOut), required=True, max_items=10_000)
