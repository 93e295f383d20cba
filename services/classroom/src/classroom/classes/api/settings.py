"""The wizard's steps, and what can be changed while a class is open."""

from __future__ import annotations

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, edits_version, if_match, runtime

from classroom.api.acting import acting
from classroom.classes.actions.change_announcement import change_announcement
from classroom.classes.actions.change_basic import change_basic
from classroom.classes.actions.change_headcount import change_headcount
from classroom.classes.actions.change_running import change_running
from classroom.classes.actions.save_courses import save_courses
from classroom.classes.actions.save_supervision import save_supervision
from classroom.classes.api.classes import answer
from classroom.classes.schemas.classes import ClassSchema
from classroom.classes.schemas.wizard import (
    AnnouncementSchema,
    BasicSchema,
    CoursesSchema,
    HeadcountSchema,
    RunningSchema,
    SupervisionSchema,
)

blp = Blueprint("class_settings", "classroom", description="班级设置")


@blp.route("/classes/<uuid:class_id>/basic", methods=["PUT"])
@edits_version
@blp.arguments(BasicSchema)
@blp.response(200, ClassSchema)
def save_class_basic(data: dict[str, Any], class_id: uuid.UUID) -> Any:
    """Step 1, 基本信息, in draft (K2)."""
    actor = acting()
    changed = change_basic(
        runtime().session, actor=actor, class_id=class_id, version=if_match(), basics=data, now=clock.now()
    )
    return answer(changed, actor)


@blp.route("/classes/<uuid:class_id>/courses", methods=["PUT"])
@edits_version
@blp.arguments(CoursesSchema)
@blp.response(200, ClassSchema)
def save_class_courses(data: dict[str, Any], class_id: uuid.UUID) -> Any:
    """Step 2, 课程设置, in draft (K3, C8)."""
    actor = acting()
    changed = save_courses(
        runtime().session, actor=actor, class_id=class_id, version=if_match(), courses=data, now=clock.now()
    )
    return answer(changed, actor)


@blp.route("/classes/<uuid:class_id>/supervision", methods=["PUT"])
@edits_version
@blp.arguments(SupervisionSchema)
@blp.response(200, ClassSchema)
def save_class_supervision(data: dict[str, Any], class_id: uuid.UUID) -> Any:
    """Step 3, 监管设置, in draft (K4)."""
    actor = acting()
    changed = save_supervision(
        runtime().session, actor=actor, class_id=class_id, version=if_match(), settings=data, now=clock.now()
    )
    return answer(changed, actor)


@blp.route("/classes/<uuid:class_id>/announcement", methods=["PUT"])
@edits_version
@blp.arguments(AnnouncementSchema)
@blp.response(200, ClassSchema)
def change_class_announcement(data: dict[str, Any], class_id: uuid.UUID) -> Any:
    """班级公告, in draft and while open (K14, K22)."""
    actor = acting()
    changed = change_announcement(
        runtime().session,
        actor=actor,
        class_id=class_id,
        version=if_match(),
        announcement=data["announcement"],
        now=clock.now(),
    )
    return answer(changed, actor)


@blp.route("/classes/<uuid:class_id>/running-settings", methods=["PATCH"])
@edits_version
@blp.arguments(RunningSchema)
@blp.response(200, ClassSchema)
def change_running_class(data: dict[str, Any], class_id: uuid.UUID) -> Any:
    """What of an open class may still be changed, never to a learner's loss (K14)."""
    actor = acting()
    changed = change_running(
        runtime().session, actor=actor, class_id=class_id, version=if_match(), wanted=data, now=clock.now()
    )
    return answer(changed, actor)


@blp.route("/classes/<uuid:class_id>/planned-headcount", methods=["PUT"])
@edits_version
@blp.arguments(HeadcountSchema)
@blp.response(200, ClassSchema)
def change_planned_headcount(data: dict[str, Any], class_id: uuid.UUID) -> Any:
    """预计培训人数 after the opening, by the account manager (K10)."""
    actor = acting()
    changed = change_headcount(
        runtime().session,
        actor=actor,
        class_id=class_id,
        version=if_match(),
        planned_headcount=data["planned_headcount"],
        now=clock.now(),
    )
    return answer(changed, actor)
