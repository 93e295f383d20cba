"""The planned headcount after the opening: the account manager's to change (K10)."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import refusing
from chassis.web import Actor, check_version
from sqlalchemy.orm import Session

from classroom.classes.actions.announce_class import announce_class
from classroom.classes.actions.audit import assign, write_audit
from classroom.classes.models import TrainingClass
from classroom.classes.queries.reach import get_class
from classroom.classes.rules.basic import HeadcountBelowRoster, require_headcount
from classroom.classes.rules.states import RUNNING, require_state


def change_headcount(
    session: Session,
    *,
    actor: Actor,
    class_id: uuid.UUID,
    version: int,
    planned_headcount: int,
    now: datetime,
) -> TrainingClass:
    """Make room, or give it back. Raises WrongClassState, ChangedMeanwhile, HeadcountBelowRoster."""
    training_class = get_class(session, actor=actor, class_id=class_id, lock=True)
    require_state(state=training_class.class_state, allowed=RUNNING, doing="修改预计培训人数")
    check_version(training_class, version)
    require_headcount(planned=planned_headcount, enrolled=training_class.enrolled)
    with refusing(session, {"ck_training_classes_enrolled": HeadcountBelowRoster()}):
        changes = assign(training_class, {"planned_headcount": planned_headcount})
        training_class.updated_at = now
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="change_headcount",
        summary=f"商务专员将预计培训人数改为 {planned_headcount}",
        changes=changes,
        now=now,
    )
    announce_class(session, training_class=training_class, now=now)
    return training_class
