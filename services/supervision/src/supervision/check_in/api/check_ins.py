"""Check-ins of learners, and their statistics for teachers (S2, S3)."""

import uuid
from typing import Any

from chassis import clock
from chassis.clock import shanghai_day
from chassis.errors import Gone, NotFound
from chassis.web import Blueprint, autocommits, current_actor, paginate, refuses, runtime

from supervision.actions.give_photo_link import give_photo_link
from supervision.api.people import reader
from supervision.api.receipts import receipt_shown
from supervision.api.stores import photo_links
from supervision.api.tickets import TICKET, ticket_shown
from supervision.check_in.actions.record_check_in import record_check_in
from supervision.check_in.queries.check_ins import check_in_of_staff, list_check_ins
from supervision.check_in.queries.own import own_view
from supervision.check_in.queries.statistics import class_statistics, learner_lines, list_joined
from supervision.check_in.schemas.check_ins import (
    CheckInArgs,
    CheckInIn,
    CheckInOut,
    CheckInPage,
    OwnCheckIns,
    PhotoLinkOut,
    StatisticsArgs,
    StatisticsOut,
)
from supervision.queries.classes import policy_of_staff

blp = Blueprint("check_ins", "supervision", description="签到")


@blp.route("/classes/<uuid:class_id>/check-ins", methods=["POST"])
@refuses(Gone, NotFound)
@autocommits
@blp.arguments(CheckInIn)
@blp.response(201, CheckInOut)
@blp.alt_response(200, schema=CheckInOut, description="The check-in that is there")
def check_in(body: dict[str, Any], class_id: uuid.UUID) -> Any:
    """Check in with the receipt of a photo (S2). Doing it twice: 200 and the same check-in."""
    account_id = current_actor().account_id
    receipt = receipt_shown(body["receipt"], account_id=account_id, class_id=class_id, purpose="check_in")
    done = record_check_in(runtime().session, receipt=receipt, now=clock.now())
    return done.record, 201 if done.fresh else 200


@blp.route("/classes/<uuid:class_id>/check-ins/mine")
@blp.doc(parameters=[TICKET])
@blp.response(200, OwnCheckIns)
def get_own_check_ins(class_id: uuid.UUID) -> Any:
    """One's own check-ins, X/Y and what today asks for (S3). Needs a ticket."""
    now = clock.now()
    ticket = ticket_shown(account_id=current_actor().account_id, now=now)
    return own_view(runtime().session, class_id=class_id, ticket=ticket, now=now)


@blp.route("/classes/<uuid:class_id>/check-ins")
@blp.arguments(CheckInArgs, location="query")
@blp.response(200, CheckInPage)
def get_check_ins(args: dict[str, Any], class_id: uuid.UUID) -> Any:
    """The check-ins of a class, by day or learner (S3)."""
    session = runtime().session
    policy_of_staff(session, class_id, reader=reader())
    select = list_check_ins(class_id=class_id, day=args["day"], enrolment_id=args["enrolment_id"])
    return paginate(session, select, args)


@blp.route("/classes/<uuid:class_id>/check-in-statistics")
@blp.arguments(StatisticsArgs, location="query")
@blp.response(200, StatisticsOut)
def get_check_in_statistics(args: dict[str, Any], class_id: uuid.UUID) -> Any:
    """Days, learners and rates of a class's check-ins (S3)."""
    session, today = runtime().session, shanghai_day(clock.now())
    policy = policy_of_staff(session, class_id, reader=reader())
    page = paginate(session, list_joined(class_id=class_id, text=args["text"]), args)
    lines = learner_lines(session, policy, page["items"], today=today)
    return {**class_statistics(session, policy, today=today), **page, "items": lines}


@blp.route("/check-ins/<uuid:check_in_id>/photo-link", methods=["POST"])
@blp.response(201, PhotoLinkOut)
def add_photo_link(check_in_id: uuid.UUID) -> Any:
    """A link to a check-in's photo for five minutes; who asked for it is logged (X6)."""
    session, now = runtime().session, clock.now()
    found = check_in_of_staff(session, check_in_id, reader=reader())
    link = give_photo_link(
        session,
        photo_id=found.id,
        provider_id=found.provider_id,
        viewer_id=current_actor().account_id,
        key=found.photo_key,
        content_type=found.photo_type,
        links=photo_links(),
        now=now,
    )
    return {"url": f"/api/v1/supervision/photos/{link.token}", "expires_at": link.expires_at}
