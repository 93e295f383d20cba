"""Price agreements (B1)."""

from __future__ import annotations

from chassis.web import PageArgs, Schema, fields


class NewAgreement(Schema):
    """What an account manager writes."""

    provider_id = fields.Uuid(required=True)
    per_head_fee = fields.Money(
        required=True, data_key="per_head_fee", metadata={"description": "CNY per learner"}
    )
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
    term_days = fields.Integer(required=True, attribute="agreement.term_days")
    valid_from = fields.Day(required=True, attribute="agreement.valid_from")
    written_by_name = fields.String(required=True, attribute="agreement.written_by_name")
    created_at = fields.Moment(required=True, attribute="agreement.created_at")
    in_force = fields.Boolean(required=True)
