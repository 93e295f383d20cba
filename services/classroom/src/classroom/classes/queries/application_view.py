"""One application with all that 开班审核 and 结业审核 show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chassis.clock import shanghai_day
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.events import region_of
from classroom.classes.models import Application, TrainingClass
from classroom.classes.queries.due_review import due_review
from classroom.classes.queries.find_applications import as_rows, opening_of
from classroom.classes.queries.logs import review_log
from classroom.classes.rules.applications import STATE_LABELS, Kind
from classroom.classes.rules.class_types import CLASS_TYPES
from classroom.classes.rules.early import Early, days_left
from classroom.classes.rules.opening import QuoteState
from classroom.study.queries.overview import counts_so_far


def application_view(
    session: Session, *, application: Application, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Figures, class, the review that is due and whether it is the actor's to decide (K13), and the whole review
    log of the class (审核日志). For a graduation also the opening's figures, to stand beside the bill (K28)."""
    session.flush()
    row = application_rows(session, applications=[application])[0]
    training_class = session.get_one(TrainingClass, application.class_id)
    opening = early = None
    if application.kind == Kind.GRADUATION:
        opening = opening_of(session, class_id=application.class_id)
        early = _early(session, application, training_class)
    return {
        **row,
        "opening": opening,
        "early": early,
        "due_review": due_review(
            actor=actor,
            application=application,
            training_class=training_class,
            decisions=row["decisions"],
            now=now,
        ),
        "review_log": review_log(session, class_id=application.class_id),
    }


def _early(session: Session, application: Application, training_class: TrainingClass) -> Early | None:
    """Figures of the moment when it was applied for: study is closed since then."""
    if application.submitted_at is None:
        return None
    left = days_left(end_day=training_class.end_day, today=shanghai_day(application.submitted_at))
    if not left:
        return None
    joined, finished = application.joined_count, application.finished_count
    if joined is None or finished is None:
        so_far = counts_so_far(session, class_id=training_class.id)
        joined, finished = so_far.joined, so_far.finished
    return Early(
        days_left=left,
        unfinished=training_class.enrolled - finished,
        not_joined=training_class.enrolled - joined,
    )


def application_rows(session: Session, *, applications: list[Application]) -> list[dict[str, Any]]:
    """Applications as the queue shows them."""
    return [
        {
            **_columns(row["application"], row["training_class"]),
            "provider_name": row["provider_name"],
            "class_info": _class_info(row["training_class"]),
            "decisions": row["decisions"],
        }
        for row in as_rows(session, applications=applications)
    ]


def _columns(application: Application, training_class: TrainingClass) -> dict[str, Any]:
    columns = {column.key: getattr(application, column.key) for column in Application.__mapper__.columns}
    quote = QuoteState(application.quote)
    stale = quote is not QuoteState.PENDING and (
        application.planned_headcount != training_class.planned_headcount
    )
    return {
        **columns,
        "state_label": STATE_LABELS[application.application_state],
        "quote": quote,
        "quote_stale": application.kind == Kind.OPENING and application.submitted_at is None and stale,
    }


def _class_info(training_class: TrainingClass) -> dict[str, Any]:
    return {
        "id": training_class.id,
        "name": training_class.name,
        "type": training_class.type,
        "type_label": CLASS_TYPES[training_class.class_type].label,
        "state": training_class.state,
        "start_day": training_class.start_day,
        "end_day": training_class.end_day,
        "region": region_of(training_class),
        "planned_headcount": training_class.planned_headcount,
        "enrolled": training_class.enrolled,
    }
