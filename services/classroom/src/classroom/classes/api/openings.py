"""办理开班: prepare, see the quote, submit, withdraw (K12)."""

from __future__ import annotations

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, etag, if_match, may_name_version, runtime
from flask import request

from classroom.api.acting import acting
from classroom.classes.actions import prepare_opening as preparing
from classroom.classes.actions import submit_opening as submitting
from classroom.classes.actions import withdraw_application as withdrawing
from classroom.classes.models import Application
from classroom.classes.queries.application_view import application_view
from classroom.classes.queries.reach import ApplicationNotFound, get_application
from classroom.classes.rules.applications import Kind
from classroom.classes.schemas.applications import ApplicationSchema, PrepareOpeningSchema

blp = Blueprint("openings", "classroom", description="开班申请")


@blp.route("/classes/<uuid:class_id>/openings", methods=["POST"])
@blp.arguments(PrepareOpeningSchema)
@blp.response(201, ApplicationSchema)
def prepare_opening(data: dict[str, Any], class_id: uuid.UUID) -> Any:
    """办理开班: asks billing for a quote; the page then reads the opening until it is there (K12)."""
    prepared = preparing.prepare_opening(
        runtime().session,
        actor=acting(),
        class_id=class_id,
        waiver_reason=data["waiver_reason"],
        now=clock.now(),
    )
    return answer(prepared)


@blp.route("/openings/<uuid:application_id>")
@blp.response(200, ApplicationSchema)
def get_opening(application_id: uuid.UUID) -> Any:
    """开班审核: `quote` is pending, priced or unpriced; `quote_stale` after the headcount was changed."""
    return answer(of_kind(application_id, Kind.OPENING))


@blp.route("/openings/<uuid:application_id>/submission", methods=["POST"])
@may_name_version
@blp.response(200, ApplicationSchema)
def submit_opening(application_id: uuid.UUID) -> Any:
    """提交开班审核 (K13). An If-Match header, when sent, must name the version whose price was read."""
    submitted = submitting.submit_opening(
        runtime().session,
        actor=acting(),
        application_id=application_id,
        version=if_match() if "If-Match" in request.headers else None,
        now=clock.now(),
    )
    return answer(submitted)


@blp.route("/openings/<uuid:application_id>/withdrawal", methods=["POST"])
@blp.response(200, ApplicationSchema)
def withdraw_opening(application_id: uuid.UUID) -> Any:
    """Take it back, before the first decision (K5)."""
    withdrawn = withdrawing.withdraw_opening(
        runtime().session, actor=acting(), application_id=application_id, now=clock.now()
    )
    return answer(withdrawn)


def of_kind(application_id: uuid.UUID, kind: Kind) -> Application:
    """The application within reach, if it is of this kind."""
    found = get_application(runtime().session, actor=acting(), application_id=application_id)
    if found.kind != kind:
        raise ApplicationNotFound
    return found


def answer(application: Application) -> tuple[dict[str, Any], dict[str, str]]:
    """The application as it now is, with its ETag."""
    view = application_view(runtime().session, application=application, actor=acting(), now=clock.now())
    return view, etag(view["version"])
