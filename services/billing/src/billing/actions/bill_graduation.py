"""A class's counts were frozen: answer with what they come to (K28, B2)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from billing import events
from billing.actions.pending import pending
from billing.models.agreements import ClassOpening
from billing.rules.bills import Bill, class_bill


def bill_graduation(
    session: Session,
    *,
    application_id: UUID,
    class_id: UUID,
    epoch: int,
    joined_count: int,
    finished_count: int,
    now: datetime,
) -> Bill:
    """Announce billed headcount, fee and amount at the price frozen at the opening.

    Raises ProjectionPending while the opening has not been heard of.
    """
    opening = session.get(ClassOpening, class_id)
    if opening is None:
        raise pending("opening of class", class_id)
    bill = class_bill(
        joined_count=joined_count,
        finished_count=finished_count,
        per_head_fee_fen=opening.per_head_fee_fen,
        waived=opening.waived,
    )
    events.graduation_billed(
        session, application_id=application_id, class_id=class_id, epoch=epoch, bill=bill, now=now
    )
    return bill
