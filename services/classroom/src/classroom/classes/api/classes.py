"""Classes: the table of types, the list, one class, its deletion."""

from __future__ import annotations

import uuid
from typing import Any

from chassis import clock
from chassis.web import Actor, Blueprint, etag, paginate, runtime

from classroom.api.acting import acting
from classroom.classes.actions import copy_class as copying
from classroom.classes.actions import create_class as creating
from classroom.classes.actions import delete_draft as deleting
from classroom.classes.models import TrainingClass
from classroom.classes.queries.class_view import class_view
from classroom.classes.queries.find_classes import as_rows, find_classes
from classroom.classes.queries.reach import get_class as reach_class
from classroom.classes.queries.staff import candidates
from classroom.classes.rules.class_types import CLASS_TYPES, TAUGHT_HERE
from classroom.classes.schemas.classes import (
    CandidatesSchema,
    ClassFilterSchema,
    ClassPageSchema,
    ClassSchema,
    ClassTypesSchema,
)
from classroom.classes.schemas.wizard import CopyClassSchema, CreateClassSchema

blp = Blueprint("classes", "classroom", description="班级")


@blp.route("/class-types")
@blp.response(200, ClassTypesSchema)
def list_class_types() -> dict[str, Any]:
    """What each class type requires and allows (K1)."""
    items = [
        {
            "type": class_type,
            "label": allowance.label,
            "required": sorted(allowance.required),
            "allowed": sorted(allowance.allowed & TAUGHT_HERE),
            "longest_days": allowance.longest_days,
            "offered": allowance.required <= TAUGHT_HERE,
        }
        for class_type, allowance in CLASS_TYPES.items()
    ]
    return {"items": items}


@blp.route("/staff-candidates")
@blp.response(200, CandidatesSchema)
def list_staff_candidates() -> dict[str, Any]:
    """Accounts of the own provider that can be class teacher or assistant (K2)."""
    provider_id = acting().provider_id
    assert provider_id is not None
    return {"items": candidates(runtime().session, provider_id=provider_id)}


@blp.route("/classes", methods=["POST"])
@blp.arguments(CreateClassSchema)
@blp.response(201, ClassSchema)
def create_class(data: dict[str, Any]) -> Any:
    """创建班级: a draft with its basic settings (K1, K2)."""
    actor, session, now = acting(), runtime().session, clock.now()
    class_type = data.pop("type")
    made = creating.create_class(session, actor=actor, class_type=class_type, basics=data, now=now)
    return answer(made, actor)


@blp.route("/classes")
@blp.arguments(ClassFilterSchema, location="query")
@blp.response(200, ClassPageSchema)
def list_classes(args: dict[str, Any]) -> dict[str, Any]:
    """班级管理: numbered pages, newest first, searched by state, type, text and days."""
    actor, session = acting(), runtime().session
    wanted = {name: args[name] for name in ("state", "type", "text", "from_day", "to_day") if name in args}
    page = paginate(session, find_classes(actor=actor, **wanted), args)
    return {**page, "items": as_rows(session, classes=page["items"], actor=actor)}


@blp.route("/classes/<uuid:class_id>")
@blp.response(200, ClassSchema)
def get_class(class_id: uuid.UUID) -> Any:
    """One class with all its settings; the ETag is for the next edit."""
    actor = acting()
    return answer(reach_class(runtime().session, actor=actor, class_id=class_id), actor)


@blp.route("/classes/<uuid:class_id>", methods=["DELETE"])
@blp.response(204)
def delete_class(class_id: uuid.UUID) -> None:
    """Delete a draft (K5)."""
    deleting.delete_draft(runtime().session, actor=acting(), class_id=class_id, now=clock.now())


@blp.route("/classes/<uuid:class_id>/copies", methods=["POST"])
@blp.arguments(CopyClassSchema)
@blp.response(201, ClassSchema)
def copy_class(data: dict[str, Any], class_id: uuid.UUID) -> Any:
    """复制: a draft with the settings of this class, with the name, days and announcement that are sent; without its
    roster and supervision number. Exam and replay keep their distance from the last day."""
    actor, session, now = acting(), runtime().session, clock.now()
    return answer(copying.copy_class(session, actor=actor, class_id=class_id, said=data, now=now), actor)


def answer(training_class: TrainingClass, actor: Actor) -> tuple[dict[str, Any], dict[str, str]]:
    """The class as it now is, with its ETag."""
    view = class_view(runtime().session, training_class=training_class, actor=actor, now=clock.now())
    return view, etag(view["version"])
