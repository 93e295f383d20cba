"""What classes announce. Names and fields are promises: see contracts/events/classroom.*."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bus import announce
from chassis.web.fields import moment_text
from sqlalchemy.orm import Session

from classroom.classes.models import Application, ReviewDecision, TrainingClass


def announce_changed(
    session: Session,
    *,
    training_class: TrainingClass,
    teachers: Sequence[uuid.UUID],
    exam_paper: str | None,
    now: datetime,
) -> None:
    """classroom.class.changed.v1. `exam_paper` is the paper version of the package's exam."""
    data = class_state(training_class=training_class, teachers=teachers, exam_paper=exam_paper)
    _announce(session, "classroom.class.changed.v1", training_class.id, data, now)


def class_state(
    *, training_class: TrainingClass, teachers: Sequence[uuid.UUID], exam_paper: str | None
) -> dict[str, Any]:
    """The data of classroom.class.changed.v1; also what a rebuild of a projection is given."""
    package = None
    if training_class.package_id is not None:
        package = {"package_id": str(training_class.package_id), "version": training_class.package_version}
    return {
        "class_id": str(training_class.id),
        "provider_id": str(training_class.provider_id),
        "dealer_id": _text(training_class.dealer_id),
        "name": training_class.name,
        "type": training_class.type,
        "state": training_class.state,
        "epoch": training_class.epoch,
        "start_day": training_class.start_day.isoformat(),
        "end_day": training_class.end_day.isoformat(),
        "region": region_of(training_class),
        "planned_headcount": training_class.planned_headcount,
        "package": package,
        "supervision": training_class.supervision,
        "exam": _exam(training_class, exam_paper),
        "policy_version": training_class.policy_version,
        "teachers": [str(each) for each in teachers],
    }


def announce_prepared(session: Session, *, application: Application, now: datetime) -> None:
    """classroom.opening.prepared.v1: billing answers it with a quote (K12)."""
    data = {
        "application_id": str(application.id),
        "class_id": str(application.class_id),
        "provider_id": str(application.provider_id),
        "planned_headcount": application.planned_headcount,
        "waiver_asked": application.waiver_asked,
    }
    _announce(session, "classroom.opening.prepared.v1", application.class_id, data, now)


def announce_opened(
    session: Session,
    *,
    training_class: TrainingClass,
    application: Application,
    log: Sequence[ReviewDecision],
    now: datetime,
) -> None:
    """classroom.class.opened.v1, with agreement and fee as they were reviewed (K14)."""
    data = {
        "class_id": str(training_class.id),
        "application_id": str(application.id),
        "provider_id": str(training_class.provider_id),
        "dealer_id": _text(application.dealer_id),
        "agreement_id": _text(application.agreement_id),
        "per_head_fee_fen": application.per_head_fee_fen,
        "waived": application.waiver_asked,
        "planned_headcount": application.planned_headcount,
        "name": training_class.name,
        "type": training_class.type,
        "start_day": training_class.start_day.isoformat(),
        "end_day": training_class.end_day.isoformat(),
        "region": region_of(training_class),
        "opened_at": moment_text(now),
        "review_log": [_line(each) for each in log],
    }
    _announce(session, "classroom.class.opened.v1", training_class.id, data, now)


def announce_closing(session: Session, *, training_class: TrainingClass, now: datetime) -> None:
    """classroom.class.closing.v1: exam hands in what runs and answers with the same epoch (K27)."""
    data = {"class_id": str(training_class.id), "epoch": training_class.epoch, "at": moment_text(now)}
    _announce(session, "classroom.class.closing.v1", training_class.id, data, now)


def announce_counted(session: Session, *, application: Application, now: datetime) -> None:
    """classroom.graduation.counted.v1: the frozen counts; billing answers with the bill (K28)."""
    data = {
        "class_id": str(application.class_id),
        "application_id": str(application.id),
        "provider_id": str(application.provider_id),
        "epoch": application.epoch,
        "joined_count": application.joined_count,
        "finished_count": application.finished_count,
    }
    _announce(session, "classroom.graduation.counted.v1", application.class_id, data, now)


def announce_graduated(
    session: Session,
    *,
    training_class: TrainingClass,
    application: Application,
    log: Sequence[ReviewDecision],
    now: datetime,
) -> None:
    """classroom.class.graduated.v1: billing makes exactly one order of it (K29, B2)."""
    data = {
        "class_id": str(training_class.id),
        "application_id": str(application.id),
        "provider_id": str(training_class.provider_id),
        "dealer_id": _text(training_class.dealer_id),
        "name": training_class.name,
        "joined_count": application.joined_count,
        "finished_count": application.finished_count,
        "refund_fen": application.refund_fen or 0,
        "graduated_at": moment_text(now),
        "review_log": [_line(each) for each in log],
    }
    _announce(session, "classroom.class.graduated.v1", training_class.id, data, now)


def region_of(training_class: TrainingClass) -> dict[str, str]:
    """申领补贴地区."""
    return {
        "province": training_class.province,
        "city": training_class.city,
        "district": training_class.district,
    }


def _exam(training_class: TrainingClass, paper: str | None) -> dict[str, Any] | None:
    if training_class.exam_opens_at is None or training_class.exam_closes_at is None or paper is None:
        return None
    return {
        "paper_version_id": paper,
        "opens_at": moment_text(training_class.exam_opens_at),
        "closes_at": moment_text(training_class.exam_closes_at),
        "attempts": training_class.exam_attempts,
        "seconds": (training_class.exam_minutes or 0) * 60,
        "answers_shown": training_class.exam_answers_shown,
    }


def _line(decision: ReviewDecision) -> dict[str, Any]:
    return {
        "stage": decision.stage,
        "kind": decision.kind,
        "decision": decision.decision,
        "opinion": decision.opinion,
        "reason": decision.reason or None,
        "reviewer_name": decision.reviewer_name,
        "decided_at": moment_text(decision.decided_at),
    }


def _text(value: uuid.UUID | None) -> str | None:
    return None if value is None else str(value)


def _announce(
    session: Session, event_type: str, class_id: uuid.UUID, data: Mapping[str, Any], now: datetime
) -> None:
    announce(
        session,
        type=event_type,
        aggregate=("class", class_id),
        subject=f"class/{class_id}",
        data=data,
        now=now,
    )
