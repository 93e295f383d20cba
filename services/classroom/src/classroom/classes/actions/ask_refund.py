"""申请退费: asking some of the bill back, before the first decision (K28)."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import refusing
from chassis.money import yuan
from chassis.web import Actor, check_version
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import assign, write_audit
from classroom.classes.actions.take_application import take_application
from classroom.classes.models import Application
from classroom.classes.rules.applications import ApplicationState, Kind, require_application_state
from classroom.classes.rules.refunds import RefundTooHigh, require_refund


def ask_refund(
    session: Session,
    *,
    actor: Actor,
    application_id: uuid.UUID,
    version: int,
    refund_fen: int,
    reason: str,
    now: datetime,
) -> Application:
    """Ask for an amount up to the bill; 0 takes it back. Raises RefundTooHigh, WrongApplicationState."""
    training_class, application = take_application(
        session, actor=actor, application_id=application_id, kind=Kind.GRADUATION
    )
    require_application_state(
        state=application.application_state,
        allowed=frozenset({ApplicationState.FIRST_REVIEW}),
        doing="申请退费",
    )
    check_version(application, version)
    require_refund(refund_fen=refund_fen, limit_fen=application.amount_fen or 0)
    with refusing(session, {"ck_applications_refund_asked": RefundTooHigh()}):
        changes = assign(application, {"refund_asked_fen": refund_fen, "refund_reason": reason})
        application.updated_at = now
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="ask_refund",
        summary=f"申请退费 {yuan(refund_fen)} 元",
        changes=changes,
        now=now,
    )
    return application
