"""An opening was prepared: answer with its price (K12, B1)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.clock import shanghai_day
from sqlalchemy.orm import Session

from billing import events
from billing.actions.pending import pending
from billing.models.agreements import PriceAgreement
from billing.models.known import KnownProvider
from billing.queries.agreements import agreement_in_force


def quote_opening(
    session: Session,
    *,
    application_id: UUID,
    class_id: UUID,
    provider_id: UUID,
    planned_headcount: int,
    now: datetime,
) -> PriceAgreement | None:
    """Announce planned headcount × fee by the agreement in force today, or that there is no price.

    Raises ProjectionPending while the provider has not been heard of.
    """
    provider = session.get(KnownProvider, provider_id)
    if provider is None:
        raise pending("provider", provider_id)
    agreement = agreement_in_force(
        session, provider_id=provider_id, dealer_id=provider.dealer_id, day=shanghai_day(now)
    )
    events.opening_quoted(
        session,
        application_id=application_id,
        class_id=class_id,
        planned_headcount=planned_headcount,
        agreement=agreement,
        now=now,
    )
    return agreement
