"""What staff see of a class's learning (K16, K20)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis import clock
from chassis.clock import shanghai_day
from chassis.errors import NotFound
from chassis.web import Blueprint, runtime

from classroom.api.acting import acting
from classroom.classes.models import TrainingClass
from classroom.classes.queries.reach import get_class
from classroom.roster.api.resources import document_cipher
from classroom.study.queries.learner_details import ItemDetail, learner_details
from classroom.study.queries.learning import daily_figures, learning_table, one_learner
from classroom.study.queries.overview import Overview, class_overview
from classroom.study.rules.study_time import days_begun
from classroom.study.schemas.learning import (
    DailyFiguresSchema,
    DetailsArgs,
    LearnerDetailsSchema,
    LearningArgs,
    LearningPageSchema,
    OverviewSchema,
)

blp = Blueprint("learning", "classroom", description="班级概况与学习情况")


class LearnerUnknown(NotFound):
    """Not on the roster of this class."""

    code = "classroom.study.learner.not_found"
    title = "学员不存在"
    next_step = "请返回学习情况列表刷新后重试。"


@blp.get("/classes/<uuid:class_id>/overview")
@blp.response(200, OverviewSchema)
def get_class_overview(class_id: UUID) -> Overview:
    """Learners, courses, exams, course duration; joined, not joined, finished, unfinished (K16)."""
    training_class = _class(class_id)
    return class_overview(
        runtime().session,
        class_id=class_id,
        enrolled=training_class.enrolled,
        exam_count=int(training_class.exam_opens_at is not None),
    )


@blp.get("/classes/<uuid:class_id>/learning")
@blp.arguments(LearningArgs, location="query")
@blp.response(200, LearningPageSchema)
def list_class_learning(args: dict[str, Any], class_id: UUID) -> dict[str, Any]:
    """The learning table: one row per learner, filtered and in numbered pages (K20)."""
    training_class, now = _class(class_id), clock.now()
    page = learning_table(runtime().session, class_id=class_id, args=args, cipher=document_cipher(), now=now)
    return {**page, "items": [_row(each, training_class, now) for each in page["items"]]}


@blp.get("/classes/<uuid:class_id>/learning-days")
@blp.response(200, DailyFiguresSchema)
def get_class_daily_learning(class_id: UUID) -> dict[str, Any]:
    """Per day: how many learners studied and how long (K20, 按日统计学习情况)."""
    _class(class_id)
    return {"items": daily_figures(runtime().session, class_id=class_id)}


@blp.get("/classes/<uuid:class_id>/learning/<uuid:enrolment_id>")
@blp.arguments(DetailsArgs, location="query")
@blp.response(200, LearnerDetailsSchema)
def get_learner_details(args: dict[str, Any], class_id: UUID, enrolment_id: UUID) -> dict[str, Any]:
    """One learner: per item every play, reading and score, and all exam attempts; or only what is unfinished (K20)."""
    training_class, now, session = _class(class_id), clock.now(), runtime().session
    learner = one_learner(session, class_id=class_id, enrolment_id=enrolment_id)
    if learner is None:
        raise LearnerUnknown
    details = learner_details(
        session, class_id=class_id, enrolment_id=enrolment_id, only_unfinished=args["only_unfinished"]
    )
    return {
        "learner": _row(learner, training_class, now),
        "items": [_item(each) for each in details.items],
        "exam_attempts": details.exam_attempts,
        "days": [
            {"day": day, "video_seconds": video, "document_seconds": document}
            for day, video, document in details.days
        ],
    }


def _class(class_id: UUID) -> TrainingClass:
    return get_class(runtime().session, actor=acting(), class_id=class_id)


def _row(row: Any, training_class: TrainingClass, now: datetime) -> dict[str, Any]:
    begun = days_begun(
        start_day=training_class.start_day, end_day=training_class.end_day, today=shanghai_day(now)
    )
    return {
        **row._mapping,
        "status": "finished" if row.finished else "unfinished",
        "days_begun": begun,
    }


def _item(detail: ItemDetail) -> dict[str, Any]:
    item = detail.item
    return {
        "item_id": item.item_id,
        "course_name": item.course_name,
        "kind": item.kind,
        "title": item.title,
        "seconds": item.seconds,
        "learned_seconds": item.learned_seconds,
        "complete": item.complete,
        "best_score": max((attempt.score for attempt in detail.attempts), default=None),
        "plays": detail.plays,
        "attempts": detail.attempts,
    }
