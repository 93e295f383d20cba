"""The learner's own classes."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from chassis import clock
from chassis.clock import shanghai_day
from chassis.web import Blueprint, PageArgs, current_actor, runtime

from classroom.classes.models import Duty, TrainingClass
from classroom.classes.rules.states import ClassState
from classroom.joining.actions.open_item import open_item
from classroom.joining.api.signing import signed, signed_ticket
from classroom.joining.queries.my_classes import MyClass, my_class, my_classes, my_enrolment, ticket_of
from classroom.joining.rules.tickets import item_ticket_claims
from classroom.joining.schemas.joins import ItemTicketSchema
from classroom.joining.schemas.my_classes import MyClassesPageSchema, MyClassSchema
from classroom.study.models import StudyClass, StudyLearner
from classroom.study.rules.reasons import text_of
from classroom.study.rules.study_time import days_begun

blp = Blueprint("my_classes", "classroom", description="我的班级")


@blp.get("/my/classes")
@blp.arguments(PageArgs, location="query")
@blp.response(200, MyClassesPageSchema)
def list_my_classes(args: dict[str, Any]) -> dict[str, Any]:
    """The classes that the account has joined (K15)."""
    page = my_classes(runtime().session, account_id=current_actor().account_id, args=args)
    items = [
        _summary(training_class, enrolment.joined_at, learner, study_class)
        for training_class, enrolment, learner, study_class in page["items"]
    ]
    return {**page, "items": items}


@blp.get("/my/classes/<uuid:class_id>")
@blp.response(200, MyClassSchema)
def get_my_class(class_id: UUID) -> dict[str, Any]:
    """One class with its courses, own progress, what is open, and a fresh ticket while it is open (K15–K19)."""
    now = clock.now()
    mine = my_class(runtime().session, account_id=current_actor().account_id, class_id=class_id, now=now)
    training_class, learner = mine.training_class, mine.study.learner
    ticket = None
    if training_class.state == ClassState.OPEN:
        ticket = signed_ticket(ticket_of(training_class, mine.enrolment), mine.enrolment, now=now)
    names = {duty: [each.name for each in mine.staff if each.duty is duty] for duty in Duty}
    begun = days_begun(
        start_day=training_class.start_day, end_day=training_class.end_day, today=shanghai_day(now)
    )
    return {
        **_summary(training_class, mine.enrolment.joined_at, learner, mine.study.study_class),
        "learner_name": mine.enrolment.name,
        "announcement": training_class.announcement,
        "timetable": training_class.timetable,
        "teacher": next(iter(names[Duty.TEACHER]), None),
        "assistants": names[Duty.ASSISTANT],
        "learner_count": mine.enrolled,
        "replay_until": training_class.replay_until,
        "epoch": training_class.epoch,
        "exam": _exam(training_class, mine.study.study_class),
        "check_in": {
            "days_checked_in": learner.days_checked_in,
            "days_begun": begun,
            "last_check_in_at": learner.last_check_in_at,
        },
        "study": _study(mine),
        "courses": _courses(mine),
        "ticket": ticket,
    }


@blp.post("/my/classes/<uuid:class_id>/items/<uuid:item_id>/ticket")
@blp.response(200, ItemTicketSchema)
def issue_item_ticket(class_id: UUID, item_id: UUID) -> dict[str, Any]:
    """A ticket for one item that is open to the learner: for its media link, exercise or mock exam (C5, K17).

    After the end day, while the class has replay, for videos and documents only; that counts for nothing (K3).
    """
    now, session = clock.now(), runtime().session
    training_class, enrolment = my_enrolment(
        session, account_id=current_actor().account_id, class_id=class_id
    )
    item = open_item(
        session, training_class=training_class, enrolment_id=enrolment.id, item_id=item_id, now=now
    )
    claims = item_ticket_claims(ticket_of(training_class, enrolment), item)
    return {
        **signed(claims, typ="item-ticket", now=now, ends_at=item.ends_at),
        "kind": item.kind,
        "media_id": item.media_id,
        "paper_version_id": item.paper_version_id,
    }


def _summary(
    training_class: TrainingClass, joined_at: Any, learner: StudyLearner, study_class: StudyClass
) -> dict[str, Any]:
    return {
        "class_id": training_class.id,
        "enrolment_id": learner.enrolment_id,
        "name": training_class.name,
        "state": training_class.state,
        "type": training_class.type,
        "start_day": training_class.start_day,
        "end_day": training_class.end_day,
        "joined_at": joined_at,
        "finished": learner.finished_at is not None or study_class.item_count == 0,
        "learned_seconds": learner.learned_seconds,
        "course_seconds": study_class.course_seconds,
        "complete_items": learner.complete_items,
        "item_count": study_class.item_count,
    }


def _exam(training_class: TrainingClass, study_class: StudyClass) -> dict[str, Any] | None:
    if training_class.exam_opens_at is None:
        return None
    paper = study_class.exam or {}
    return {
        "title": paper.get("title"),
        "paper_version_id": paper.get("paper_version_id"),
        "opens_at": training_class.exam_opens_at,
        "closes_at": training_class.exam_closes_at,
        "attempts": training_class.exam_attempts,
        "seconds": (training_class.exam_minutes or 0) * 60,
    }


def _study(mine: MyClass) -> dict[str, Any]:
    study_class = mine.study.study_class
    return {
        "sequential": study_class.sequential,
        "study_windows": [{"begins": each["from"], "ends": each["to"]} for each in study_class.study_windows],
        "daily_video_seconds": study_class.daily_video_seconds,
        "today_video_seconds": mine.study.today_video_seconds,
        "hindrance": mine.study.hindrance,
        "hindrance_text": text_of(mine.study.hindrance),
    }


def _courses(mine: MyClass) -> list[dict[str, Any]]:
    return [
        {"course_id": course_id, "name": name, "items": list(items)}
        for (course_id, name), items in groupby(
            mine.study.items, key=lambda item: (item.course_id, item.course_name)
        )
    ]
