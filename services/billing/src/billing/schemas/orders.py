"""Orders (B5, B6)."""

from __future__ import annotations

from chassis.web import PageArgs, Schema, fields

from billing.rules.orders import OVERDUE, OrderKind, OrderState
from billing.schemas.settlements import SettlementOut

SHOWN_STATES = (*(state.value for state in OrderState), OVERDUE)


class OrderArgs(PageArgs):
    """B5: filters by kind, state, Shanghai day of creation (both ends included) and text."""

    kind = fields.Enum(OrderKind, load_default=None)
    state = fields.Enum(SHOWN_STATES, load_default=None)
    created_from = fields.Day(load_default=None)
    created_to = fields.Day(load_default=None)
    text = fields.String(
        load_default=None, max_length=100, metadata={"description": "In number, class or provider"}
    )
    provider_id = fields.Uuid(load_default=None)


class OrderBrief(Schema):
    """An order as the list shows it. `state` is overdue when it is unsettled and its term has passed."""

    id = fields.Uuid(required=True, attribute="order.id")
    number = fields.String(required=True, attribute="order.number")
    kind = fields.Enum(OrderKind, required=True, attribute="order.kind")
    title = fields.String(
        required=True, attribute="order.title", metadata={"description": "The class's name"}
    )
    state = fields.Enum(SHOWN_STATES, required=True)
    provider_id = fields.Uuid(required=True, attribute="order.provider_id")
    provider_name = fields.String(required=True, allow_none=True)
    dealer_id = fields.Uuid(required=True, attribute="order.dealer_id")
    dealer_name = fields.String(required=True, allow_none=True)
    class_id = fields.Uuid(required=True, allow_none=True, attribute="order.class_id")
    joined = fields.Integer(required=True, allow_none=True, attribute="order.joined_count")
    finished = fields.Integer(required=True, allow_none=True, attribute="order.finished_count")
    billed_headcount = fields.Integer(required=True, allow_none=True, attribute="order.billed_headcount")
    per_head_fee = fields.Money(required=True, allow_none=True, attribute="order.per_head_fee_fen")
    amount = fields.Money(required=True, attribute="order.amount_fen")
    due_day = fields.Day(required=True, attribute="order.due_day")
    created_at = fields.Moment(required=True, attribute="order.created_at")
    settled_at = fields.Moment(required=True, allow_none=True, attribute="order.settled_at")
    rejection_reason = fields.String(
        required=True,
        allow_none=True,
        attribute="order.rejection_reason",
        metadata={"description": "Why the last settlement was rejected, until a new one is submitted"},
    )


class OrderLineOut(Schema):
    """A line: the class, or a credit (waiver 免开班, refund 退费) with a negative amount."""

    kind = fields.Enum(("class", "waiver", "refund"), required=True)
    quantity = fields.Integer(required=True)
    unit = fields.Money(required=True, attribute="unit_fen")
    amount = fields.Money(required=True, attribute="amount_fen")


class OpeningOut(Schema):
    """开班费用信息: the figures of the opening, as they were reviewed."""

    planned_headcount = fields.Integer(required=True)
    per_head_fee = fields.Money(required=True, attribute="per_head_fee_fen")
    amount = fields.Money(required=True, metadata={"description": "Planned headcount × fee"})
    waived = fields.Boolean(required=True)
    opened_at = fields.Moment(required=True)


class OrderedClassOut(Schema):
    """班级信息, as the class is now."""

    class_id = fields.Uuid(required=True)
    name = fields.String(required=True)
    type = fields.String(required=True)
    start_day = fields.Day(required=True)
    end_day = fields.Day(required=True)
    region = fields.Dict(required=True, allow_none=True)


class ReviewOut(Schema):
    """One decision of the review log."""

    kind = fields.String(required=True)
    stage = fields.String(required=True)
    decision = fields.String(required=True)
    opinion = fields.String(required=True, allow_none=True, max_length=2000)
    reason = fields.String(required=True, allow_none=True, max_length=2000)
    reviewer_name = fields.String(required=True, allow_none=True)
    decided_at = fields.String(required=True)


class SourceOut(Schema):
    """B16: the event or the request that made it."""

    kind = fields.Enum(("event", "request"), required=True, attribute="source_kind")
    id = fields.String(required=True, attribute="source_id")


class OrderOut(OrderBrief):
    """An order with everything behind it."""

    lines = fields.List(fields.Nested(OrderLineOut), required=True)
    settlements = fields.List(
        fields.Nested(SettlementOut),
        required=True,
        metadata={"description": "The newest first, rejected ones too"},
    )
    opening = fields.Nested(OpeningOut, required=True, allow_none=True)
    training_class = fields.Nested(OrderedClassOut, required=True, allow_none=True)
    review_log = fields.List(
        fields.Nested(ReviewOut), required=True, metadata={"description": "The newest first"}
    )
    payer_account_name = fields.String(
        required=True,
        allow_none=True,
        attribute="order.payer_account_name",
        metadata={
            "description": "The provider's account name when the order was made: it may pay under it (B7)"
        },
    )
    source = fields.Nested(SourceOut, required=True, attribute="order")


class OrderFiguresOut(Schema):
    """How many orders, and what they come to."""

    orders = fields.Integer(required=True)
    amount = fields.Money(required=True, attribute="amount_fen")


class OrderMonthOut(Schema):
    """The orders made in one Shanghai month."""

    first_day = fields.Day(required=True)
    orders = fields.Integer(required=True, attribute="figures.orders")
    amount = fields.Money(required=True, attribute="figures.amount_fen")


class OrderSummaryOut(Schema):
    """The provider's orders at a glance.

    `unsettled` (in time), `overdue` and `in_review` are all that is outstanding, whenever it was made.
    """

    months = fields.List(
        fields.Nested(OrderMonthOut),
        required=True,
        metadata={"description": "The last six months, the present one last, empty ones included"},
    )
    unsettled = fields.Nested(OrderFiguresOut, required=True)
    overdue = fields.Nested(OrderFiguresOut, required=True)
    in_review = fields.Nested(OrderFiguresOut, required=True)
