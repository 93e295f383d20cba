"""The reviewers' queue and their decisions (K13)."""

from __future__ import annotations

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, keyset, runtime

from classroom.api.acting import acting
from classroom.classes.actions.decide import Said, decide
from classroom.classes.api.openings import answer
from classroom.classes.models import Application
from classroom.classes.queries.application_view import application_rows
from classroom.classes.queries.find_applications import find_applications
from classroom.classes.queries.logs import review_log
from classroom.classes.queries.reach import get_application as reach_application
from classroom.classes.queries.reach import get_class
from classroom.classes.schemas.applications import (
    ApplicationFilterSchema,
    ApplicationPageSchema,
    ApplicationSchema,
    DecisionInSchema,
    ReviewLogSchema,
)

blp = Blueprint("reviews", "classroom", description="开班和结业审核")


@blp.route("/applications")
@blp.arguments(ApplicationFilterSchema, location="query")
@blp.response(200, ApplicationPageSchema)
def list_applications(args: dict[str, Any]) -> dict[str, Any]:
    """The queue, the longest waiting first unless `order=newest`; `waiting=true` for those that wait for me."""
    session = runtime().session
    wanted = {
        name: args[name] for name in ("state", "kind", "provider_id", "text", "waiting") if name in args
    }
    select = find_applications(actor=acting(), **wanted)
    order = [("submitted_at", Application.submitted_at), ("id", Application.id)]
    page = keyset(session, select, order, args, descending=args["order"] == "newest")
    return {**page, "items": application_rows(session, applications=page["items"])}


@blp.route("/applications/<uuid:application_id>")
@blp.response(200, ApplicationSchema)
def get_application(application_id: uuid.UUID) -> Any:
    """One application with figures, class and review log."""
    return answer(reach_application(runtime().session, actor=acting(), application_id=application_id))


@blp.route("/applications/<uuid:application_id>/decisions", methods=["POST"])
@blp.arguments(DecisionInSchema)
@blp.response(201, ApplicationSchema)
def decide_application(data: dict[str, Any], application_id: uuid.UUID) -> Any:
    """Approve or reject (K13): first review by the dealer's account manager, second by the platform.

    Of two reviewers at once one wins; the other gets 409 classroom.application.already_decided.
    """
    refund = data.pop("refund")
    decided = decide(
        runtime().session,
        actor=acting(),
        application_id=application_id,
        said=Said(**data, refund_fen=refund),
        now=clock.now(),
    )
    return answer(decided)


@blp.route("/classes/<uuid:class_id>/review-log")
@blp.response(200, ReviewLogSchema)
def get_review_log(class_id: uuid.UUID) -> dict[str, Any]:
    """审核日志 of a class."""
    session = runtime().session
    training_class = get_class(session, actor=acting(), class_id=class_id)
    return {"items": review_log(session, class_id=training_class.id)}
