"""The second approval of a graduation: the class is graduated (K29)."""

from __future__ import annotations

from datetime import datetime

from chassis.db import refusing
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.announce_class import announce_class
from classroom.classes.actions.move_class import move_class
from classroom.classes.events import announce_graduated
from classroom.classes.models import Application, TrainingClass
from classroom.classes.queries.logs import review_log
from classroom.classes.rules.refunds import RefundTooHigh, require_refund
from classroom.classes.rules.states import Step


def graduate(
    session: Session,
    *,
    training_class: TrainingClass,
    application: Application,
    actor: Actor,
    refund_fen: int | None,
    now: datetime,
) -> None:
    """Fix the refund (what was asked, unless the reviewer grants less: K28), and announce the frozen counts.

    The class must be locked. Raises RefundTooHigh.
    """
    asked = application.refund_asked_fen or 0
    granted = asked if refund_fen is None else refund_fen
    require_refund(refund_fen=granted, limit_fen=asked)
    if application.refund_asked_fen is not None:
        with refusing(session, {"ck_applications_refund": RefundTooHigh()}):
            application.refund_fen = granted
    training_class.graduated_at = now
    move_class(session, training_class=training_class, step=Step.GRADUATE, actor=actor, now=now)
    announce_class(session, training_class=training_class, now=now)
    announce_graduated(
        session,
        training_class=training_class,
        application=application,
        log=review_log(session, class_id=training_class.id),
        now=now,
    )
