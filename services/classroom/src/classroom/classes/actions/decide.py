"""A reviewer decides an application (K13)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import shanghai_day
from chassis.db import refusing
from chassis.ids import new_id
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.announce_class import announce_class
from classroom.classes.actions.audit import write_audit
from classroom.classes.actions.graduate import graduate
from classroom.classes.actions.move_class import move_class
from classroom.classes.actions.open_class import open_class
from classroom.classes.actions.take_application import take_application
from classroom.classes.models import Application, ReviewDecision, TrainingClass
from classroom.classes.queries.due_review import facts_of, reviewer_of
from classroom.classes.queries.logs import decisions_of
from classroom.classes.rules.applications import ApplicationState, Decision, Kind, Stage, after_decision
from classroom.classes.rules.opening import require_days_ahead
from classroom.classes.rules.refunds import require_refund_due
from classroom.classes.rules.reviews import (
    AlreadyDecided,
    BothStages,
    require_reason,
    require_reviewer,
)
from classroom.classes.rules.states import Step
from classroom.study.actions.change_class import reopen_class

STAGE_LABELS = {Stage.FIRST: "一审", Stage.SECOND: "二审"}
KIND_LABELS = {Kind.OPENING: "开班", Kind.GRADUATION: "结业"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the reviewer wrote. `refund_fen` is what the second review grants (None: what was asked)."""

    stage: Stage | None
    decision: Decision
    opinion: str
    reason: str
    refund_fen: int | None = None


def decide(
    session: Session, *, actor: Actor, application_id: uuid.UUID, said: Said, now: datetime
) -> Application:
    """Write the decision into the review log and do what follows from it.

    Of two reviewers at once one wins and the other gets AlreadyDecided; the constraint of the log holds it.
    Raises NotYourReview, OwnApplication, BothStages, WrongApplicationState, ReasonMissing, DaysOver, RefundNotDue,
    RefundTooHigh.
    """
    training_class, application = take_application(session, actor=actor, application_id=application_id)
    decided = decisions_of(session, application_id=application.id)
    stage = require_reviewer(
        reviewer=reviewer_of(actor, application),
        application=facts_of(application, decided),
        asked=said.stage,
    )
    require_reason(decision=said.decision, reason=said.reason)
    require_refund_due(
        refund_fen=said.refund_fen, kind=Kind(application.kind), stage=stage, decision=said.decision
    )
    if Kind(application.kind) is Kind.OPENING and said.decision is Decision.APPROVED:
        require_days_ahead(
            end_day=training_class.end_day,
            exam_closes_at=training_class.exam_closes_at,
            now=now,
            today=shanghai_day(now),
        )
    _write_decision(session, application, actor, stage, said, now)
    application.state = after_decision(stage=stage, decision=said.decision).value
    application.updated_at = now
    _log(session, training_class, application, actor, stage, said, now)
    if application.application_state is not ApplicationState.SECOND_REVIEW:
        application.ended_at = now
        _finish(session, training_class, application, actor, said, now)
    session.flush()
    return application


def _finish(
    session: Session,
    training_class: TrainingClass,
    application: Application,
    actor: Actor,
    said: Said,
    now: datetime,
) -> None:
    kind = Kind(application.kind)
    if application.application_state is ApplicationState.REJECTED:
        step = Step.REFUSE_OPENING if kind is Kind.OPENING else Step.REFUSE_GRADUATION
        move_class(session, training_class=training_class, step=step, actor=actor, now=now)
        if kind is Kind.GRADUATION:
            reopen_class(session, class_id=training_class.id, epoch=training_class.epoch, now=now)
        announce_class(session, training_class=training_class, now=now)
    elif kind is Kind.OPENING:
        open_class(session, training_class=training_class, application=application, actor=actor, now=now)
    else:
        graduate(
            session,
            training_class=training_class,
            application=application,
            actor=actor,
            refund_fen=said.refund_fen,
            now=now,
        )


def _write_decision(
    session: Session, application: Application, actor: Actor, stage: Stage, said: Said, now: datetime
) -> None:
    decision = ReviewDecision(
        id=new_id(),
        application_id=application.id,
        class_id=application.class_id,
        kind=application.kind,
        stage=stage.value,
        decision=said.decision.value,
        opinion=said.opinion,
        reason=said.reason,
        reviewer_id=actor.account_id,
        reviewer_name=actor.name,
        decided_at=now,
    )
    refusals = {"uq_review_decisions_stage": AlreadyDecided(), "uq_review_decisions_reviewer": BothStages()}
    with refusing(session, refusals):
        session.add(decision)


def _log(
    session: Session,
    training_class: TrainingClass,
    application: Application,
    actor: Actor,
    stage: Stage,
    said: Said,
    now: datetime,
) -> None:
    verdict = "通过" if said.decision is Decision.APPROVED else f"不通过：{said.reason}"
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action=f"decide_{application.kind}",
        summary=f"{KIND_LABELS[Kind(application.kind)]}{STAGE_LABELS[stage]}{verdict}",
        now=now,
    )
