"""办理结业: apply, see counts and bill, ask for a refund, withdraw (K27, K28)."""

from __future__ import annotations

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, edits_version, if_match, may_name_version, runtime
from flask import request

from classroom.api.acting import acting
from classroom.classes.actions import apply_graduation as applying
from classroom.classes.actions import ask_refund as asking
from classroom.classes.actions import withdraw_application as withdrawing
from classroom.classes.api.openings import answer, of_kind
from classroom.classes.rules.applications import Kind
from classroom.classes.schemas.applications import ApplicationSchema, RefundSchema

blp = Blueprint("graduations", "classroom", description="结业申请")


@blp.route("/classes/<uuid:class_id>/graduations", methods=["POST"])
@may_name_version
@blp.response(201, ApplicationSchema)
def apply_graduation(class_id: uuid.UUID) -> Any:
    """提交结业审核: everything closes at once; then it is counted, billed and reviewed (K27, K28)."""
    applied = applying.apply_graduation(
        runtime().session,
        actor=acting(),
        class_id=class_id,
        version=if_match() if "If-Match" in request.headers else None,
        now=clock.now(),
    )
    return answer(applied)


@blp.route("/graduations/<uuid:application_id>")
@blp.response(200, ApplicationSchema)
def get_graduation(application_id: uuid.UUID) -> Any:
    """结业审核: state counting, billing, then under review; the opening's figures beside the bill (K28)."""
    return answer(of_kind(application_id, Kind.GRADUATION))


@blp.route("/graduations/<uuid:application_id>/refund", methods=["PUT"])
@edits_version
@blp.arguments(RefundSchema)
@blp.response(200, ApplicationSchema)
def ask_refund(data: dict[str, Any], application_id: uuid.UUID) -> Any:
    """申请退费, up to the bill, before the first decision (K28)."""
    asked = asking.ask_refund(
        runtime().session,
        actor=acting(),
        application_id=application_id,
        version=if_match(),
        refund_fen=data["refund"],
        reason=data["reason"],
        now=clock.now(),
    )
    return answer(asked)


@blp.route("/graduations/<uuid:application_id>/withdrawal", methods=["POST"])
@blp.response(200, ApplicationSchema)
def withdraw_graduation(application_id: uuid.UUID) -> Any:
    """Take it back before the first decision: all of it opens again (K5, K27)."""
    withdrawn = withdrawing.withdraw_graduation(
        runtime().session, actor=acting(), application_id=application_id, now=clock.now()
    )
    return answer(withdrawn)
