"""Media and uploads in and out."""

from __future__ import annotations

from chassis.web import PageArgs, Schema, fields

from catalog.rules.uploads import MediaKind

UPLOADED = tuple(kind for kind in MediaKind if kind is not MediaKind.COVER)


class UploadIn(Schema):
    """C10: a file that will come in parts."""

    name = fields.String(required=True, min_length=1, max_length=200)
    size = fields.Integer(required=True, minimum=1, maximum=2**31 - 1)
    kind = fields.Enum(UPLOADED, required=True)


class UploadOut(Schema):
    """How far it is. With the last byte there is a medium, which a worker then judges."""

    id = fields.Uuid(required=True)
    name = fields.String(required=True)
    kind = fields.Enum(MediaKind, required=True)
    size = fields.Integer(required=True)
    offset = fields.Integer(required=True, attribute="received")
    media_id = fields.Uuid(required=True, allow_none=True)
    expires_at = fields.Moment(required=True)


class LinkedMediumIn(Schema):
    """C10: a video (with its seconds) or document that stays at its https address."""

    kind = fields.Enum(MediaKind, required=True)
    name = fields.String(required=True, min_length=1, max_length=200)
    url = fields.String(required=True, min_length=1, max_length=1000)
    seconds = fields.Integer(minimum=1, maximum=86_400, load_default=None, allow_none=True)


class RefusalOut(Schema):
    """Why the content was not taken, and what to do."""

    code = fields.String(required=True, attribute="refusal_code")
    reason = fields.String(required=True, attribute="refusal_reason", max_length=300)
    next_step = fields.String(required=True, attribute="refusal_next_step", max_length=300)


class MediumOut(Schema):
    """A medium: processing until judged by content, then ready or refused. `seconds` is read from the file."""

    id = fields.Uuid(required=True)
    kind = fields.Enum(MediaKind, required=True)
    name = fields.String(required=True)
    state = fields.Enum(("processing", "ready", "refused"), required=True)
    linked = fields.Boolean(required=True)
    content_type = fields.String(required=True, allow_none=True)
    size = fields.Integer(required=True, allow_none=True)
    seconds = fields.Integer(required=True, allow_none=True)
    width = fields.Integer(required=True, allow_none=True)
    height = fields.Integer(required=True, allow_none=True)
    refusal = fields.Nested(RefusalOut, required=True, allow_none=True)
    created_at = fields.Moment(required=True)


class MediaArgs(PageArgs):
    """Which media to list."""

    kind = fields.Enum(MediaKind, load_default=None)
    state = fields.Enum(("processing", "ready", "refused"), load_default=None)
    text = fields.String(load_default=None, max_length=100)


class CoverIn(Schema):
    """The part `file` of a multipart form."""

    file = fields.File(required=True)


class CoverOut(Schema):
    """C2: the cover, and what is recommended and was not followed."""

    media_id = fields.Uuid(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    warnings = fields.List(fields.String(max_length=200), required=True)


class MediaLinkOut(Schema):
    """C10: an address that works until `expires_at`, with range requests."""

    url = fields.String(required=True, max_length=4000)
    content_type = fields.String(required=True, allow_none=True)
    expires_at = fields.Moment(required=True)
