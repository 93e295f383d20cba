"""A class's attempts, for its teachers (E6)."""

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, paginate, runtime

from exam.api.people import reader
from exam.queries.attempt_view import attempt_view
from exam.queries.attempts import attempt_of_class
from exam.queries.class_attempts import list_learners, with_attempts
from exam.queries.classes import class_of_staff
from exam.rules.answer_release import RELEASED
from exam.schemas.attempts import AttemptOut, ClassAttemptsArgs, LearnerAttemptsPage

blp = Blueprint("class_attempts", "exam", description="班级作答记录")


@blp.route("/classes/<uuid:class_id>/attempts")
@blp.arguments(ClassAttemptsArgs, location="query")
@blp.response(200, LearnerAttemptsPage)
def get_class_attempts(args: dict[str, Any], class_id: uuid.UUID) -> Any:
    """All attempts of a class by learner, with the best exam score (E6, K20)."""
    session, now = runtime().session, clock.now()
    class_of_staff(session, class_id, reader=reader())
    page = paginate(session, list_learners(class_id=class_id, text=args["text"]), args)
    return {**page, "items": with_attempts(session, page["items"], kind=args["kind"], now=now)}


@blp.route("/classes/<uuid:class_id>/attempts/<uuid:attempt_id>")
@blp.response(200, AttemptOut)
def get_class_attempt(class_id: uuid.UUID, attempt_id: uuid.UUID) -> Any:
    """One attempt of a class with what was answered; right answers once it is handed in (E6)."""
    session = runtime().session
    class_of_staff(session, class_id, reader=reader())
    attempt = attempt_of_class(session, attempt_id, class_id=class_id)
    return attempt_view(session, attempt, release=RELEASED, now=clock.now())
