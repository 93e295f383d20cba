"""学员管理: the roster person by person (K9, K10, X13)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from chassis import clock
from chassis.web import Blueprint, edits_version, etag, if_match, paginate, runtime

from classroom.api.acting import acting
from classroom.classes.queries.reach import get_class
from classroom.roster.actions import add_enrolment as adding
from classroom.roster.actions import change_enrolment as changing
from classroom.roster.actions import delete_enrolment as deleting
from classroom.roster.actions import show_number as showing
from classroom.roster.api.resources import document_cipher
from classroom.roster.models import Enrolment
from classroom.roster.queries.find_enrolments import as_rows, find_enrolments
from classroom.roster.rules.entries import Problem
from classroom.roster.schemas.roster import (
    ChangePersonSchema,
    CorrectIdentitySchema,
    EnrolmentFilterSchema,
    EnrolmentPageSchema,
    EnrolmentSchema,
    NumberSchema,
    PersonSchema,
)

blp = Blueprint("enrolments", "classroom", description="学员管理")


@blp.route("/classes/<uuid:class_id>/enrolments")
@blp.arguments(EnrolmentFilterSchema, location="query")
@blp.response(200, EnrolmentPageSchema)
def list_enrolments(args: dict[str, Any], class_id: uuid.UUID) -> dict[str, Any]:
    """The roster with masked document numbers; searched by name, contact or a whole number (X13)."""
    session, cipher = runtime().session, document_cipher()
    training_class = get_class(session, actor=acting(), class_id=class_id)
    select = find_enrolments(
        class_id=training_class.id, cipher=cipher, joined=args.get("joined"), text=args.get("text")
    )
    page = paginate(session, select, args)
    return {**page, "items": as_rows(enrolments=page["items"], cipher=cipher)}


@blp.route("/classes/<uuid:class_id>/enrolments", methods=["POST"])
@blp.arguments(PersonSchema)
@blp.response(201, EnrolmentSchema)
def add_enrolment(data: dict[str, Any], class_id: uuid.UUID) -> Any:
    """添加学员, in draft and while open (K9)."""
    enrolment, warnings = adding.add_enrolment(
        runtime().session,
        actor=acting(),
        class_id=class_id,
        person=data,
        cipher=document_cipher(),
        now=clock.now(),
    )
    return _answer(enrolment, warnings)


@blp.route("/classes/<uuid:class_id>/enrolments/<uuid:enrolment_id>", methods=["PUT"])
@edits_version
@blp.arguments(ChangePersonSchema)
@blp.response(200, EnrolmentSchema)
def change_enrolment(data: dict[str, Any], class_id: uuid.UUID, enrolment_id: uuid.UUID) -> Any:
    """修改学员; who somebody is only until they have joined (K9)."""
    enrolment, warnings = changing.change_enrolment(
        runtime().session,
        actor=acting(),
        class_id=class_id,
        enrolment_id=enrolment_id,
        version=if_match(),
        person=data,
        cipher=document_cipher(),
        now=clock.now(),
    )
    return _answer(enrolment, warnings)


@blp.route("/classes/<uuid:class_id>/enrolments/<uuid:enrolment_id>/identity", methods=["PUT"])
@edits_version
@blp.arguments(CorrectIdentitySchema)
@blp.response(200, EnrolmentSchema)
def correct_identity(data: dict[str, Any], class_id: uuid.UUID, enrolment_id: uuid.UUID) -> Any:
    """The account manager mends an identity after joining, with a reason (K9)."""
    reason = data.pop("reason")
    enrolment, warnings = changing.correct_identity(
        runtime().session,
        actor=acting(),
        class_id=class_id,
        enrolment_id=enrolment_id,
        version=if_match(),
        person=data,
        reason=reason,
        cipher=document_cipher(),
        now=clock.now(),
    )
    return _answer(enrolment, warnings)


@blp.route("/classes/<uuid:class_id>/enrolments/<uuid:enrolment_id>", methods=["DELETE"])
@blp.response(204)
def delete_enrolment(class_id: uuid.UUID, enrolment_id: uuid.UUID) -> None:
    """删除报名学员, in draft only (K9)."""
    deleting.delete_enrolment(
        runtime().session, actor=acting(), class_id=class_id, enrolment_id=enrolment_id, now=clock.now()
    )


@blp.route("/classes/<uuid:class_id>/enrolments/<uuid:enrolment_id>/document-number", methods=["POST"])
@blp.response(200, NumberSchema)
def show_document_number(class_id: uuid.UUID, enrolment_id: uuid.UUID) -> dict[str, str]:
    """The number in full, for those who need it; that it was looked at is logged (X13, X11)."""
    number = showing.show_number(
        runtime().session,
        actor=acting(),
        class_id=class_id,
        enrolment_id=enrolment_id,
        cipher=document_cipher(),
        now=clock.now(),
    )
    return {"document_number": number}


def _answer(enrolment: Enrolment, warnings: Sequence[Problem]) -> tuple[dict[str, Any], dict[str, str]]:
    row = as_rows(enrolments=[enrolment], cipher=document_cipher())[0]
    told = [{"field": f"/{each.column}", "code": each.code, "message": each.message} for each in warnings]
    return {**row, "warnings": told}, etag(enrolment.version)
