"""What billing answers: quotes and bills."""

from __future__ import annotations

from uuid import UUID

import structlog
from bus import Event
from sqlalchemy.orm import Session

from classroom.classes.actions.record_counts import StaleEpoch
from classroom.classes.actions.store_bill import Bill, store_bill
from classroom.classes.actions.store_quote import Quote, store_quote
from classroom.classes.queries.reach import ApplicationNotFound
from classroom.classes.rules.applications import WrongApplicationState

log = structlog.get_logger("classroom.reactions")


def when_opening_quoted(session: Session, event: Event) -> None:
    """billing.opening.quoted: the price stands with the application.

    An application that was deleted with its draft, prepared again or submitted meanwhile has no use for it:
    that is said in the log and is no failure.
    """
    said = event.data
    quote = Quote(
        priced=said["priced"],
        agreement_id=_id(said["agreement_id"]),
        dealer_id=_id(said["dealer_id"]),
        per_head_fee_fen=said["per_head_fee_fen"],
        planned_headcount=said["planned_headcount"],
        amount_fen=said["amount_fen"],
    )
    try:
        store_quote(session, application_id=UUID(said["application_id"]), quote=quote, now=event.time)
    except (ApplicationNotFound, WrongApplicationState) as failure:
        log.info("quote_not_needed", application_id=said["application_id"], code=failure.code)


def when_graduation_billed(session: Session, event: Event) -> None:
    """billing.graduation.billed: the bill stands with the application, and the first review is due.

    A bill for an application that was withdrawn or rejected meanwhile is said in the log and is no failure.
    """
    said = event.data
    bill = Bill(
        epoch=said["epoch"],
        joined_count=said["joined_count"],
        finished_count=said["finished_count"],
        billed_headcount=said["billed_headcount"],
        per_head_fee_fen=said["per_head_fee_fen"],
        amount_fen=said["amount_fen"],
    )
    try:
        store_bill(session, application_id=UUID(said["application_id"]), bill=bill, now=event.time)
    except (ApplicationNotFound, StaleEpoch) as failure:
        log.info("bill_not_needed", application_id=said["application_id"], code=failure.code)


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
