"""What a page says of an error that it met."""

from __future__ import annotations

from chassis.web import Schema, fields
from marshmallow import validate

from identity.rules.client_errors import KINDS

PLAIN = validate.Regexp(r"[A-Za-z0-9 ._-]*\Z", error="只能由字母、数字和 . _ - 组成")


class ClientErrorReport(Schema):
    """One error, cut to size by the page."""

    kind = fields.Enum(KINDS, required=True)
    message = fields.String(required=True, min_length=1, max_length=300, lines=True)
    stack = fields.String(required=True, max_length=2000, lines=True)
    page = fields.String(
        required=True, max_length=60, validate=PLAIN, metadata={"description": "name of the page's route"}
    )
    class_id = fields.Uuid(required=True, allow_none=True)
    browser = fields.String(
        required=True, max_length=40, validate=PLAIN, metadata={"description": "family and version"}
    )
    device = fields.String(required=True, max_length=40, validate=PLAIN)
    screen = fields.String(required=True, max_length=20, validate=PLAIN, metadata={"description": "390x844"})
    release = fields.String(
        required=True,
        max_length=80,
        validate=PLAIN,
        metadata={"description": "name of the script that the pages began with"},
    )
    request_ids = fields.List(
        fields.String(max_length=80, validate=PLAIN),
        required=True,
        max_items=5,
        metadata={"description": "X-Request-Id of the newest answers before it"},
    )
    at = fields.Moment(required=True, metadata={"description": "by the device's clock"})
