"""The dealers' feed (B15)."""

from __future__ import annotations

from chassis.web import KeyArgs, Schema, fields


class FeedArgs(KeyArgs):
    """`after` is the `next` of the last answer; without it the feed is read from its beginning."""


class DealerEventOut(Schema):
    """A CloudEvents 1.0 envelope; contracts/dealer-events has the schema of each type's `data`."""

    specversion = fields.String(required=True)
    id = fields.Uuid(
        required=True, metadata={"description": "Of the event; a repeated one is the same event"}
    )
    source = fields.String(required=True)
    type = fields.String(required=True)
    subject = fields.String(required=True)
    time = fields.String(required=True)
    datacontenttype = fields.String(required=True)
    dataschema = fields.String(required=True)
    data = fields.Dict(required=True)


class FeedOut(Schema):
    """Events in order. `next` is always given: keep it, and read on from there when there is more."""

    items = fields.List(fields.Nested(DealerEventOut), required=True)
    next = fields.String(required=True, max_length=1000)
