"""Billing's answer to a prepared opening (K12)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from classroom.classes.actions.take_application import lock_application
from classroom.classes.rules.applications import ApplicationState, Kind, require_application_state
from classroom.classes.rules.opening import QuoteState


@dataclass(frozen=True, kw_only=True)
class Quote:
    """The data of billing.opening.quoted.v1; None where there is no price."""

    priced: bool
    agreement_id: uuid.UUID | None
    dealer_id: uuid.UUID | None
    per_head_fee_fen: int | None
    planned_headcount: int
    amount_fen: int | None


def store_quote(session: Session, *, application_id: uuid.UUID, quote: Quote, now: datetime) -> None:
    """Keep the price with the application.

    Raises ApplicationNotFound when its draft was deleted, WrongApplicationState when it was prepared again or
    submitted meanwhile: a price that was reviewed never changes.
    """
    _, application = lock_application(session, application_id=application_id)
    require_application_state(
        state=application.application_state,
        allowed=frozenset({ApplicationState.PREPARED}) if application.kind == Kind.OPENING else frozenset(),
        doing="更新报价",
    )
    application.quote = (QuoteState.PRICED if quote.priced else QuoteState.UNPRICED).value
    application.planned_headcount = quote.planned_headcount
    application.agreement_id = quote.agreement_id
    application.dealer_id = quote.dealer_id
    application.per_head_fee_fen = quote.per_head_fee_fen
    application.amount_fen = quote.amount_fen
    application.updated_at = now
    session.flush()
