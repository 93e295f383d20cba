"""办理开班, second half: to the reviewers (K12, K13)."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.web import Actor, check_version
from sqlalchemy.orm import Session

from classroom.classes.actions.announce_class import announce_class
from classroom.classes.actions.move_class import move_class
from classroom.classes.actions.take_application import take_application
from classroom.classes.models import Application, KnownProvider
from classroom.classes.queries.readiness import readiness_of
from classroom.classes.rules.applications import ApplicationState, Kind, require_application_state
from classroom.classes.rules.opening import Quoted, QuoteState, require_complete, require_price
from classroom.classes.rules.states import Step


def submit_opening(
    session: Session, *, actor: Actor, application_id: uuid.UUID, version: int | None, now: datetime
) -> Application:
    """Hand a priced application to the first review; settings and roster are locked from now on (K5).

    Raises WrongApplicationState, QuoteStale, QuotePending, NoPrice, SettingsIncomplete, WrongClassState.
    """
    training_class, application = take_application(
        session, actor=actor, application_id=application_id, kind=Kind.OPENING
    )
    require_application_state(
        state=application.application_state, allowed=frozenset({ApplicationState.PREPARED}), doing="提交"
    )
    if version is not None:
        check_version(application, version)
    provider = session.get_one(KnownProvider, training_class.provider_id)
    require_price(
        quote=QuoteState(application.quote),
        quoted=Quoted(headcount=application.planned_headcount, dealer_id=application.dealer_id),
        present=Quoted(headcount=training_class.planned_headcount, dealer_id=provider.dealer_id),
    )
    require_complete(ready=readiness_of(session, training_class=training_class, now=now))
    application.state = ApplicationState.FIRST_REVIEW.value
    application.submitted_by = actor.account_id
    application.submitted_by_name = actor.name
    application.submitted_at = application.updated_at = now
    training_class.dealer_id = application.dealer_id
    move_class(session, training_class=training_class, step=Step.SUBMIT_OPENING, actor=actor, now=now)
    announce_class(session, training_class=training_class, now=now)
    return application
