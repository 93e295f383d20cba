"""The review that an application waits for, and whether it is the asking person's to decide (K13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chassis.clock import shanghai_day
from chassis.errors import Failure
from chassis.web import Actor

from classroom.classes.models import Application, ReviewDecision, TrainingClass
from classroom.classes.rules.applications import UNDER_REVIEW, Kind, Stage
from classroom.classes.rules.opening import DaysOver, require_days_ahead
from classroom.classes.rules.reviews import ApplicationFacts, Reviewer, require_reviewer


def reviewer_of(actor: Actor, application: Application) -> Reviewer:
    """The asking person, as the rules see them."""
    mine = actor.dealer_id is not None and actor.dealer_id == application.dealer_id
    return Reviewer(account_id=actor.account_id, roles=actor.roles, reviews_dealer=mine)


def facts_of(application: Application, decisions: Sequence[ReviewDecision]) -> ApplicationFacts:
    """The application, as the rules see it; `decisions` are its own."""
    decided = {each.stage: each.reviewer_id for each in decisions}
    people = {each for each in (application.prepared_by, application.submitted_by) if each is not None}
    return ApplicationFacts(
        state=application.application_state,
        applicants=people,
        first_reviewer=decided.get(Stage.FIRST.value),
    )


def due_review(
    *,
    actor: Actor,
    application: Application,
    training_class: TrainingClass,
    decisions: Sequence[ReviewDecision],
    now: datetime,
) -> dict[str, Any]:
    """What a page needs to grey the decision beforehand: it says what `decide` would say.

    `stage` is None when no review is due; then nobody may decide and there is nothing to explain. What may be
    rejected only says so in `why_not_approve`.
    """
    stage = UNDER_REVIEW.get(application.application_state)
    refusal = _refusal(actor, application, decisions, stage) if stage else None
    only_rejected = _only_rejected(application, training_class, now) if stage else None
    return {
        "stage": stage,
        "may_decide": stage is not None and refusal is None,
        "why_not": refusal and f"{refusal.title}。{refusal.next_step}",
        "why_not_code": refusal and refusal.code,
        "why_not_approve": only_rejected and f"{only_rejected.detail}{only_rejected.next_step}",
        "why_not_approve_code": only_rejected and only_rejected.code,
    }


def _only_rejected(application: Application, training_class: TrainingClass, now: datetime) -> Failure | None:
    if application.kind != Kind.OPENING:
        return None
    try:
        require_days_ahead(
            end_day=training_class.end_day,
            exam_closes_at=training_class.exam_closes_at,
            now=now,
            today=shanghai_day(now),
        )
    except DaysOver as over:
        return over
    return None


def _refusal(
    actor: Actor, application: Application, decisions: Sequence[ReviewDecision], stage: Stage
) -> Failure | None:
    try:
        require_reviewer(
            reviewer=reviewer_of(actor, application),
            application=facts_of(application, decisions),
            asked=stage,
        )
    except Failure as failure:
        return failure
    return None
