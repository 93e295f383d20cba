"""A learner's exam, exercises and mock exams (E2–E6)."""

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, PageArgs, current_actor, paginate, runtime
from chassis.web.problems import problem

from exam.actions.hand_in import hand_in
from exam.actions.save_answer import Answer, AttemptOver, save_answer
from exam.actions.start_attempt import Started
from exam.actions.start_exam import start_exam
from exam.actions.start_item import start_item
from exam.api.papers_shown import ITEM_TICKET, PASS, TICKET, item_ticket_shown, require_pass, ticket_shown
from exam.queries.attempt_view import attempt_line, learner_view
from exam.queries.attempts import own_attempt, own_attempts
from exam.queries.class_exam import class_exam
from exam.rules.answers import UNCHECKED
from exam.rules.deadlines import remaining_seconds
from exam.schemas.attempts import AnswerIn, AnswerOut, AttemptLinePage, AttemptOut, ClassExamOut, HandInIn

blp = Blueprint("attempts", "exam", description="考试、练习和模考")


@blp.route("/classes/<uuid:class_id>/exam")
@blp.doc(parameters=[TICKET])
@blp.response(200, ClassExamOut)
def get_class_exam(class_id: uuid.UUID) -> Any:
    """Window, attempts used (0/3), duration, the account's name, best score (E2, E3). Needs a ticket."""
    actor, now = current_actor(), clock.now()
    ticket = ticket_shown(account_id=actor.account_id, now=now)
    return class_exam(runtime().session, class_id=class_id, ticket=ticket, account_name=actor.name, now=now)


@blp.route("/classes/<uuid:class_id>/attempts", methods=["POST"])
@blp.doc(parameters=[TICKET, PASS])
@blp.response(201, AttemptOut)
@blp.alt_response(200, schema=AttemptOut, description="The attempt that runs")
def start_exam_attempt(class_id: uuid.UUID) -> Any:
    """Start the class's exam, or go on with the attempt that runs (200). Needs ticket and exam pass (E3, E4, S6)."""
    now = clock.now()
    ticket = ticket_shown(account_id=current_actor().account_id, now=now)
    require_pass(ticket=ticket, use="exam", now=now)
    return _started(start_exam(runtime().session, class_id=class_id, ticket=ticket, now=now))


@blp.route("/item-attempts", methods=["POST"])
@blp.doc(parameters=[ITEM_TICKET, PASS])
@blp.response(201, AttemptOut)
@blp.alt_response(200, schema=AttemptOut, description="The attempt that runs")
def start_item_attempt() -> Any:
    """Start an exercise or mock exam, or go on (200). Needs item ticket and study pass (K19, S6)."""
    now = clock.now()
    ticket, item = item_ticket_shown(account_id=current_actor().account_id, now=now)
    require_pass(ticket=ticket, use="study", now=now)
    return _started(start_item(runtime().session, ticket=ticket, item=item, now=now))


@blp.route("/classes/<uuid:class_id>/attempts/mine")
@blp.arguments(PageArgs, location="query")
@blp.response(200, AttemptLinePage)
def get_own_attempts(args: dict[str, Any], class_id: uuid.UUID) -> Any:
    """One's own attempts in a class, newest first, also after the class has ended (E6)."""
    now = clock.now()
    select = own_attempts(class_id=class_id, account_id=current_actor().account_id)
    page = paginate(runtime().session, select, args)
    return {**page, "items": [attempt_line(attempt, now=now) for attempt in page["items"]]}


@blp.route("/attempts/<uuid:attempt_id>")
@blp.response(200, AttemptOut)
def get_attempt(attempt_id: uuid.UUID) -> Any:
    """One's own attempt: questions, saved answers and the time left, on any device (E4); its result once handed in.

    Right answers and explanations come when the learner can't be asked the same questions again; until then
    `answers_withheld` says why and `answers_shown_from` when (E6).
    """
    session, now = runtime().session, clock.now()
    attempt = own_attempt(session, attempt_id, account_id=current_actor().account_id)
    return learner_view(session, attempt, now=now)


@blp.route("/attempts/<uuid:attempt_id>/answers/<uuid:question_id>", methods=["PUT"])
@blp.arguments(AnswerIn)
@blp.response(200, AnswerOut)
def put_answer(body: dict[str, Any], attempt_id: uuid.UUID, question_id: uuid.UUID) -> Any:
    """Save one answer as it is given (E4). The same `id` again changes nothing; too late hands the attempt in.

    An answer that was given without having seen the newer one of another device is refused with what stands.
    """
    now = clock.now()
    answer = Answer(
        change_id=body["id"],
        question_id=question_id,
        letters=tuple(body["answer"]),
        marked=body["marked"],
        based_on=body.get("based_on", UNCHECKED),
    )
    saved = save_answer(
        runtime().session,
        attempt_id=attempt_id,
        account_id=current_actor().account_id,
        answer=answer,
        now=now,
    )
    if saved.late:
        # Answered and not raised: that the attempt was handed in has to be committed.
        return problem(AttemptOver(attempt_id=str(attempt_id)))
    return {
        "question_id": question_id,
        "answer": sorted(saved.letters),
        "marked": saved.marked,
        "answer_id": saved.answer_id,
        "sequence": saved.sequence,
        "server_time": now,
        "remaining_seconds": remaining_seconds(deadline=saved.attempt.deadline, now=now),
    }


@blp.route("/attempts/<uuid:attempt_id>/hand-in", methods=["POST"])
@blp.arguments(HandInIn, required=False)
@blp.response(200, AttemptOut)
def hand_in_attempt(body: dict[str, Any], attempt_id: uuid.UUID) -> Any:
    """Hand in; twice gives the same result (E4, E6). Refused when another device has saved an answer since."""
    session, now = runtime().session, clock.now()
    attempt = hand_in(
        session,
        attempt_id=attempt_id,
        account_id=current_actor().account_id,
        based_on=body.get("based_on", UNCHECKED),
        now=now,
    )
    return learner_view(session, attempt, now=now)


def _started(started: Started) -> Any:
    view = learner_view(runtime().session, started.attempt, now=clock.now())
    return view, 201 if started.fresh else 200
