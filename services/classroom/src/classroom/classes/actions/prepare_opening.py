"""办理开班, first half: is the class complete, and what will it cost? (K12)"""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import refusing
from chassis.errors import Conflict
from chassis.ids import new_id
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.classes.events import announce_prepared
from classroom.classes.models import Application
from classroom.classes.queries.find_applications import pending_application
from classroom.classes.queries.reach import get_class
from classroom.classes.queries.readiness import readiness_of
from classroom.classes.rules.applications import ApplicationState, Kind
from classroom.classes.rules.opening import QuoteState, require_complete
from classroom.classes.rules.states import DRAFT, require_state


class ApplicationPending(Conflict):
    """The class already has an application that has not ended."""

    code = "classroom.application.pending"
    title = "班级已有正在办理的申请"
    next_step = "请刷新页面，查看正在办理的申请。"


def prepare_opening(
    session: Session, *, actor: Actor, class_id: uuid.UUID, waiver_reason: str | None, now: datetime
) -> Application:
    """Ask billing for a quote. An application prepared before and not submitted is replaced.

    `waiver_reason` asks for a fee waiver (免费开班). Raises WrongClassState or SettingsIncomplete.
    """
    training_class = get_class(session, actor=actor, class_id=class_id, lock=True)
    require_state(state=training_class.class_state, allowed=DRAFT, doing="办理开班")
    require_complete(ready=readiness_of(session, training_class=training_class, now=now))
    earlier = pending_application(session, class_id=class_id)
    if earlier is not None:
        earlier.state = ApplicationState.REPLACED.value
        earlier.ended_at = earlier.updated_at = now
        session.flush()
    application = Application(
        id=new_id(),
        class_id=class_id,
        kind=Kind.OPENING.value,
        state=ApplicationState.PREPARED.value,
        provider_id=training_class.provider_id,
        prepared_by=actor.account_id,
        prepared_by_name=actor.name,
        planned_headcount=training_class.planned_headcount,
        waiver_asked=waiver_reason is not None,
        waiver_reason=waiver_reason or "",
        quote=QuoteState.PENDING.value,
        epoch=training_class.epoch,
        created_at=now,
        updated_at=now,
    )
    with refusing(session, {"uq_applications_pending": ApplicationPending()}):
        session.add(application)
    announce_prepared(session, application=application, now=now)
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="prepare_opening",
        summary="办理开班，等待报价" + ("，申请免费开班" if waiver_reason else ""),
        now=now,
    )
    return application
