"""Applications, decisions and the two logs."""

from __future__ import annotations

from chassis.web import KeyArgs, Schema, fields, keyset_of

from classroom.classes.rules.applications import ApplicationState, Decision, Kind, Stage
from classroom.classes.rules.opening import QuoteState
from classroom.classes.schemas.wizard import RegionSchema


class PrepareOpeningSchema(Schema):
    """办理开班; a fee waiver (免费开班) is asked for by its reason (K12)."""

    waiver_reason = fields.String(load_default=None, allow_none=True, min_length=1, max_length=200)


class RefundSchema(Schema):
    """申请退费 (K28). An amount of 0.00 takes the wish back."""

    refund = fields.Money(required=True)
    reason = fields.String(required=True, min_length=1, max_length=200)


class DecisionInSchema(Schema):
    """What a reviewer says (K13). `stage` is what the page showed: a page that is behind the times never
    decides the next stage by mistake. `refund` is what the second review of a graduation grants (K28)."""

    stage = fields.Enum(Stage, load_default=None, allow_none=True)
    decision = fields.Enum(Decision, required=True)
    opinion = fields.String(load_default="", max_length=200, lines=True)
    reason = fields.String(load_default="", max_length=200, lines=True)
    refund = fields.Money(load_default=None, allow_none=True)


class DecisionSchema(Schema):
    """A line of 审核日志."""

    application_id = fields.Uuid(required=True)
    kind = fields.Enum(Kind, required=True)
    stage = fields.Enum(Stage, required=True)
    decision = fields.Enum(Decision, required=True)
    opinion = fields.String(required=True)
    reason = fields.String(required=True)
    reviewer_name = fields.String(required=True)
    decided_at = fields.Moment(required=True)


class ReviewLogSchema(Schema):
    """审核日志 of a class, in order of time."""

    items = fields.List(fields.Nested(DecisionSchema), required=True)


class ClassInfoSchema(Schema):
    """班级信息 as reviewers see it."""

    id = fields.Uuid(required=True)
    name = fields.String(required=True)
    type = fields.String(required=True)
    type_label = fields.String(required=True)
    state = fields.String(required=True)
    start_day = fields.Day(required=True)
    end_day = fields.Day(required=True)
    region = fields.Nested(RegionSchema, required=True)
    planned_headcount = fields.Integer(required=True)
    enrolled = fields.Integer(required=True)


class OpeningFiguresSchema(Schema):
    """开班费用信息 beside the bill (K28)."""

    planned_headcount = fields.Integer(required=True)
    per_head_fee = fields.Money(required=True, attribute="per_head_fee_fen")
    amount = fields.Money(required=True, attribute="amount_fen")
    waiver_asked = fields.Boolean(required=True)


class ApplicationRowSchema(Schema):
    """An application as the queue shows it. `quote` is billing's answer to an opening."""

    id = fields.Uuid(required=True)
    version = fields.Integer(required=True)
    kind = fields.Enum(Kind, required=True)
    state = fields.Enum(ApplicationState, required=True)
    state_label = fields.String(required=True)
    class_id = fields.Uuid(required=True)
    class_info = fields.Nested(ClassInfoSchema, required=True)
    provider_id = fields.Uuid(required=True)
    provider_name = fields.String(required=True)
    dealer_id = fields.Uuid(required=True, allow_none=True)
    prepared_by_name = fields.String(required=True)
    submitted_by_name = fields.String(required=True, allow_none=True)
    created_at = fields.Moment(required=True)
    submitted_at = fields.Moment(required=True, allow_none=True)
    ended_at = fields.Moment(required=True, allow_none=True)
    planned_headcount = fields.Integer(required=True)
    waiver_asked = fields.Boolean(required=True)
    waiver_reason = fields.String(required=True)
    quote = fields.Enum(QuoteState, required=True)
    quote_stale = fields.Boolean(required=True)
    per_head_fee = fields.Money(required=True, allow_none=True, attribute="per_head_fee_fen")
    amount = fields.Money(required=True, allow_none=True, attribute="amount_fen")
    epoch = fields.Integer(required=True)
    joined_count = fields.Integer(required=True, allow_none=True)
    finished_count = fields.Integer(required=True, allow_none=True)
    billed_headcount = fields.Integer(required=True, allow_none=True)
    refund_asked = fields.Money(required=True, allow_none=True, attribute="refund_asked_fen")
    refund_reason = fields.String(required=True)
    refund = fields.Money(required=True, allow_none=True, attribute="refund_fen")
    decisions = fields.List(fields.Nested(DecisionSchema), required=True)


class DueReviewSchema(Schema):
    """The review that is due, and whether it is yours (K13): what a decision would be answered, said beforehand.

    `stage` is null when none is due. `why_not` is for people; `why_not_code` is the refusal's code. `why_not_approve`:
    rejecting is possible, approving is not.
    """

    stage = fields.Enum(Stage, required=True, allow_none=True)
    may_decide = fields.Boolean(required=True)
    why_not = fields.String(required=True, allow_none=True)
    why_not_code = fields.String(required=True, allow_none=True)
    why_not_approve = fields.String(required=True, allow_none=True)
    why_not_approve_code = fields.String(required=True, allow_none=True)


class EarlySchema(Schema):
    """A graduation that was applied for before the class's last day: what learners lose by it."""

    days_left = fields.Integer(required=True, metadata={"description": "whole days until the last day"})
    unfinished = fields.Integer(required=True, metadata={"description": "learners, with those not joined"})
    not_joined = fields.Integer(required=True)
    message = fields.String(required=True)


class ApplicationSchema(ApplicationRowSchema):
    """An application with the opening's figures, how early it is (a graduation before the last day), the review that
    is due and the class's whole review log."""

    due_review = fields.Nested(DueReviewSchema, required=True)
    opening = fields.Nested(OpeningFiguresSchema, required=True, allow_none=True)
    early = fields.Nested(EarlySchema, required=True, allow_none=True)
    review_log = fields.List(fields.Nested(DecisionSchema), required=True)


class ApplicationFilterSchema(KeyArgs):
    """`waiting`: only those that wait for me. `order`: by the moment of submission."""

    state = fields.Enum(ApplicationState)
    kind = fields.Enum(Kind)
    provider_id = fields.Uuid()
    text = fields.String(max_length=100)
    waiting = fields.QueryBoolean(load_default=False)
    order = fields.Enum(("oldest", "newest"), load_default="oldest")


class AuditEntrySchema(Schema):
    """A line of 操作日志 (X11)."""

    id = fields.Uuid(required=True)
    class_id = fields.Uuid(required=True)
    class_name = fields.String(required=True)
    at = fields.Moment(required=True)
    actor_id = fields.Uuid(required=True, allow_none=True)
    actor_name = fields.String(required=True)
    action = fields.String(required=True)
    summary = fields.String(required=True)
    changes = fields.Dict(required=True)


ApplicationPageSchema = keyset_of(ApplicationRowSchema)
AuditPageSchema = keyset_of(AuditEntrySchema)
