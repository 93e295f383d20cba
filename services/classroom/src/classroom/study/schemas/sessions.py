"""Study sessions and reports."""

from typing import Any

from chassis.web import Schema, fields
from marshmallow import ValidationError, validates_schema

MOST_REPORTS = 100
LONGEST = 7 * 24 * 3600


class OpenSessionSchema(Schema):
    """The page's own name of its device, and the item with which it begins."""

    device = fields.String(required=True, min_length=1, max_length=100)
    item_id = fields.Uuid(load_default=None, allow_none=True)


class SessionSchema(Schema):
    """A session that has begun; ``took_over`` says that an older page has been ended (X7)."""

    id = fields.Uuid(required=True)
    class_id = fields.Uuid(required=True)
    enrolment_id = fields.Uuid(required=True)
    item_id = fields.Uuid(required=True, allow_none=True)
    device = fields.String(required=True)
    opened_at = fields.Moment(required=True)
    took_over = fields.Boolean(required=True)
    hindrance = fields.String(required=True, allow_none=True)
    hindrance_text = fields.String(required=True, allow_none=True)


class ReportSchema(Schema):
    """Media seconds watched or read, with the study pass under which; the id is the page's own, for sending again.

    An interval without seconds says that a document was opened; one that ends before it begins is refused.
    """

    id = fields.Uuid(required=True)
    item_id = fields.Uuid(required=True)
    from_seconds = fields.Integer(required=True, minimum=0, maximum=LONGEST)
    to_seconds = fields.Integer(required=True, minimum=0, maximum=LONGEST)
    study_pass = fields.String(required=True, data_key="pass", min_length=1, max_length=4000)

    @validates_schema
    def _forwards(self, data: dict[str, Any], **_: Any) -> None:
        if data["to_seconds"] < data["from_seconds"]:
            raise ValidationError("结束秒数不能早于开始秒数", "to_seconds")


class ReportsSchema(Schema):
    """What gathered since the last time, in order."""

    reports = fields.List(fields.Nested(ReportSchema), required=True, min_items=1, max_items=MOST_REPORTS)


class VerdictSchema(Schema):
    """Seconds credited for a report, and why not all of them (X12)."""

    id = fields.Uuid(required=True)
    item_id = fields.Uuid(required=True)
    credited_seconds = fields.Integer(required=True)
    reason = fields.String(required=True, allow_none=True)
    reason_text = fields.String(required=True, allow_none=True)


class ItemNowSchema(Schema):
    """Where an item of the reports stands now; ``watched`` are the credited media seconds, as sorted intervals."""

    item_id = fields.Uuid(required=True)
    watched = fields.List(fields.List(fields.Integer()), max_items=100_000, required=True)
    learned_seconds = fields.Integer(required=True)
    seconds = fields.Integer(required=True)
    complete = fields.Boolean(required=True)


class VerdictsSchema(Schema):
    """One verdict per report, in the order of the reports, and the reported items as they stand."""

    results = fields.List(fields.Nested(VerdictSchema), required=True)
    items = fields.List(fields.Nested(ItemNowSchema), required=True)
