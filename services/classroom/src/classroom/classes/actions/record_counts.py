"""Joined and finished, counted after everything was handed in, are frozen (K27)."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import locked, refusing
from chassis.errors import Conflict
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.classes.events import announce_counted
from classroom.classes.models import Application, TrainingClass
from classroom.classes.queries.find_applications import pending_application
from classroom.classes.rules.applications import ApplicationState


class StaleEpoch(Conflict):
    """The class was opened again, or these counts are already there."""

    code = "classroom.graduation.stale_epoch"
    title = "结业申请已变化，统计结果不再有效"
    next_step = "无需处理：新的结业申请会重新统计。"


class CountsWrong(Conflict):
    """More finished than joined: the counting is broken, and nothing is frozen."""

    code = "classroom.graduation.counts_wrong"
    title = "结业人数统计有误"
    next_step = "请联系平台客服。"


def record_counts(
    session: Session,
    *,
    class_id: uuid.UUID,
    epoch: int,
    joined_count: int,
    finished_count: int,
    now: datetime,
) -> Application:
    """Freeze the counts on the class's graduation application and ask billing for the bill.

    Raises StaleEpoch when no application of this epoch is waiting for its counts: the caller may take that as
    done.
    """
    training_class = locked(session, TrainingClass, class_id)
    application = None if training_class is None else pending_application(session, class_id=class_id)
    if training_class is None or application is None:
        raise StaleEpoch
    if application.epoch != epoch or application.application_state is not ApplicationState.COUNTING:
        raise StaleEpoch
    with refusing(session, {"ck_applications_counts": CountsWrong()}):
        application.state = ApplicationState.BILLING.value
        application.joined_count = joined_count
        application.finished_count = finished_count
        application.counted_at = application.updated_at = now
    announce_counted(session, application=application, now=now)
    write_audit(
        session,
        training_class=training_class,
        actor=None,
        action="record_counts",
        summary=f"结业人数统计完成：已加入 {joined_count} 人，已全部学完 {finished_count} 人",
        now=now,
    )
    return application
