"""Billing's answer to the frozen counts; now the reviewers are asked (K28)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from classroom.classes.actions.record_counts import StaleEpoch
from classroom.classes.actions.take_application import lock_application
from classroom.classes.models import Application
from classroom.classes.rules.applications import ApplicationState


@dataclass(frozen=True, kw_only=True)
class Bill:
    """The data of billing.graduation.billed.v1. The 90% rule lives only in billing."""

    epoch: int
    joined_count: int
    finished_count: int
    billed_headcount: int
    per_head_fee_fen: int
    amount_fen: int


def store_bill(session: Session, *, application_id: uuid.UUID, bill: Bill, now: datetime) -> Application:
    """Keep the bill and open the first review.

    Raises StaleEpoch when the application has ended, or the bill is not for its frozen counts;
    ApplicationNotFound when there is none.
    """
    _, application = lock_application(session, application_id=application_id)
    frozen = (application.epoch, application.joined_count, application.finished_count)
    if application.application_state is not ApplicationState.BILLING:
        raise StaleEpoch
    if frozen != (bill.epoch, bill.joined_count, bill.finished_count):
        raise StaleEpoch
    application.state = ApplicationState.FIRST_REVIEW.value
    application.billed_headcount = bill.billed_headcount
    application.per_head_fee_fen = bill.per_head_fee_fen
    application.amount_fen = bill.amount_fen
    application.billed_at = application.updated_at = now
    session.flush()
    return application
