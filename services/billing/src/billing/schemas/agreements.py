"""Price agreements (B1)."""

from __future__ import annotations

from chassis.web import PageArgs, Schema, fields

from billing.rules.agreements import LEAST_PRICE_FEN, MOST_UNIT_PRICE_FEN, MOST_YEARLY_PRICE_FEN

UNIT = {"minimum": LEAST_PRICE_FEN, "maximum": MOST_UNIT_PRICE_FEN}
A_YEAR = {"minimum": LEAST_PRICE_FEN, "maximum": MOST_YEARLY_PRICE_FEN}
YEARLY = {"description": "CNY per year; null: not agreed, so it cannot be bought"}


class NewAgreement(Schema):
    """B1: what an account manager writes."""

    provider_id = fields.Uuid(required=True)
    per_head_fee = fields.Money(required=True, **UNIT, metadata={"description": "CNY per learner"})
    live_minute_price = fields.Money(
        load_default=None, allow_none=True, **UNIT, metadata={"description": "CNY per minute of live lessons"}
    )
    self_built_courses_price = fields.Money(load_default=None, allow_none=True, **A_YEAR, metadata=YEARLY)
    self_built_portal_price = fields.Money(load_default=None, allow_none=True, **A_YEAR, metadata=YEARLY)
    popup_paper_price = fields.Money(load_default=None, allow_none=True, **A_YEAR, metadata=YEARLY)
    term_days = fields.Integer(
        required=True, minimum=0, maximum=365, metadata={"description": "Days after an order's day to pay it"}
    )
    valid_from = fields.Day(required=True)


class AgreementArgs(PageArgs):
    """The list's filter."""

    provider_id = fields.Uuid(load_default=None)


class AgreementOut(Schema):
    """An agreement. It never changes; `in_force` says whether it is the provider's price today."""

    id = fields.Uuid(required=True, attribute="agreement.id")
    provider_id = fields.Uuid(required=True, attribute="agreement.provider_id")
    provider_name = fields.String(required=True, allow_none=True)
    number = fields.Integer(required=True, attribute="agreement.number")
    dealer_id = fields.Uuid(required=True, attribute="agreement.dealer_id")
    per_head_fee = fields.Money(required=True, attribute="agreement.per_head_fee_fen")
    live_minute_price = fields.Money(required=True, allow_none=True, attribute="agreement.live_minute_fen")
    self_built_courses_price = fields.Money(
        required=True, allow_none=True, attribute="agreement.self_built_courses_fen"
    )
    self_built_portal_price = fields.Money(
        required=True, allow_none=True, attribute="agreement.self_built_portal_fen"
    )
    popup_paper_price = fields.Money(required=True, allow_none=True, attribute="agreement.popup_paper_fen")
    term_days = fields.Integer(required=True, attribute="agreement.term_days")
    valid_from = fields.Day(required=True, attribute="agreement.valid_from")
    written_by_name = fields.String(required=True, attribute="agreement.written_by_name")
    created_at = fields.Moment(required=True, attribute="agreement.created_at")
    in_force = fields.Boolean(required=True)
