"""What happens in the classroom and matters to billing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from uuid import UUID

import structlog
from bus import Event, NotYet
from chassis import clock
from chassis.errors import ProjectionPending
from sqlalchemy.orm import Session

from billing.actions.bill_graduation import bill_graduation
from billing.actions.freeze_opening import OpeningFigures, OpeningFrozen, freeze_opening
from billing.actions.make_class_order import ClassAlreadyOrdered, Graduation, make_class_order
from billing.actions.quote_opening import quote_opening
from billing.rules.sources import Source

log = structlog.get_logger(__name__)

Handler = Callable[[Session, Event], None]


def waiting(handler: Handler) -> Handler:
    """What has not arrived yet brings the event back later."""

    @wraps(handler)
    def patient(session: Session, event: Event) -> None:
        try:
            handler(session, event)
        except ProjectionPending as missing:
            raise NotYet(str(missing.extra["waiting_for"])) from missing

    return patient


@waiting
def when_opening_prepared(session: Session, event: Event) -> None:
    """K12: answer with the price."""
    data = event.data
    quote_opening(
        session,
        application_id=UUID(data["application_id"]),
        class_id=UUID(data["class_id"]),
        provider_id=UUID(data["provider_id"]),
        planned_headcount=data["planned_headcount"],
        now=clock.now(),
    )


def when_class_opened(session: Session, event: Event) -> None:
    """B1: freeze the opening's figures. Heard again under another message id, it changes nothing."""
    data = event.data
    figures = OpeningFigures(
        class_id=UUID(data["class_id"]),
        application_id=UUID(data["application_id"]),
        provider_id=UUID(data["provider_id"]),
        dealer_id=UUID(data["dealer_id"]),
        agreement_id=UUID(data["agreement_id"]),
        per_head_fee_fen=data["per_head_fee_fen"],
        waived=data["waived"],
        planned_headcount=data["planned_headcount"],
        name=data["name"],
        type=data["type"],
        start_day=date.fromisoformat(data["start_day"]),
        end_day=date.fromisoformat(data["end_day"]),
        region=data["region"],
        review_log=data["review_log"],
        opened_at=datetime.fromisoformat(data["opened_at"]),
    )
    try:
        freeze_opening(session, figures=figures, source=Source.event(event.id))
    except OpeningFrozen:
        log.info("opening_heard_again", class_id=data["class_id"], event_id=str(event.id))


@waiting
def when_graduation_counted(session: Session, event: Event) -> None:
    """K28: answer with the bill of the frozen counts."""
    data = event.data
    bill_graduation(
        session,
        application_id=UUID(data["application_id"]),
        class_id=UUID(data["class_id"]),
        epoch=data["epoch"],
        joined_count=data["joined_count"],
        finished_count=data["finished_count"],
        now=clock.now(),
    )


@waiting
def when_class_graduated(session: Session, event: Event) -> None:
    """B2: exactly one order. Heard again under another message id, it changes nothing."""
    data = event.data
    graduation = Graduation(
        class_id=UUID(data["class_id"]),
        joined_count=data["joined_count"],
        finished_count=data["finished_count"],
        refund_fen=data["refund_fen"],
        review_log=data["review_log"],
    )
    try:
        make_class_order(session, graduation=graduation, source=Source.event(event.id), now=clock.now())
    except ClassAlreadyOrdered:
        log.info("graduation_heard_again", class_id=data["class_id"], event_id=str(event.id))
