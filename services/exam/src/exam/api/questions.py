"""The question bank (E1)."""

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, accepts_upload, edits_version, etag, if_match, paginate, runtime

from exam.actions.change_question import change_question
from exam.actions.remove_question import remove_question
from exam.actions.write_questions import QuestionDraft, write_questions
from exam.api.people import shelf
from exam.queries.questions import list_questions, load_question
from exam.rules.questions import Option
from exam.schemas.questions import (
    BankArgs,
    QuestionBatchIn,
    QuestionBatchOut,
    QuestionIn,
    QuestionOut,
    QuestionPage,
)

blp = Blueprint("questions", "exam", description="题库")
BATCH_BYTES = 4 * 1024 * 1024


@blp.route("/questions")
@blp.arguments(BankArgs, location="query")
@blp.response(200, QuestionPage)
def get_questions(args: dict[str, Any]) -> Any:
    """The own bank and the official one (E1), newest first."""
    select = list_questions(shelf=shelf(), kind=args["kind"], scope=args["owner"], text=args["text"])
    return paginate(runtime().session, select, args)


@blp.route("/questions", methods=["POST"])
@blp.arguments(QuestionIn)
@blp.response(201, QuestionOut)
def create_question(body: dict[str, Any]) -> Any:
    """Add one question to the own bank (E1)."""
    made = write_questions(runtime().session, drafts=[_draft(body)], shelf=shelf(), now=clock.now())
    return made[0], 201, etag(made[0].version)


@blp.route("/questions/bulk", methods=["POST"])
@accepts_upload(BATCH_BYTES)
@blp.arguments(QuestionBatchIn)
@blp.response(201, QuestionBatchOut)
def create_questions(body: dict[str, Any]) -> Any:
    """Add up to 500 questions: all of them, or none and every defect named (E1)."""
    drafts = [_draft(item) for item in body["items"]]
    made = write_questions(runtime().session, drafts=drafts, shelf=shelf(), now=clock.now(), at="/items")
    return {"items": made}


@blp.route("/questions/<uuid:question_id>")
@blp.response(200, QuestionOut)
def get_question(question_id: uuid.UUID) -> Any:
    """One question of the own or the official bank (E1)."""
    question = load_question(runtime().session, question_id, shelf=shelf())
    return question, 200, etag(question.version)


@blp.route("/questions/<uuid:question_id>", methods=["PUT"])
@edits_version
@blp.arguments(QuestionIn)
@blp.response(200, QuestionOut)
def edit_question(body: dict[str, Any], question_id: uuid.UUID) -> Any:
    """Rewrite a question of the own bank; published papers keep the old wording (E1)."""
    question = change_question(
        runtime().session,
        question_id=question_id,
        draft=_draft(body),
        shelf=shelf(),
        expected=if_match(),
        now=clock.now(),
    )
    return question, 200, etag(question.version)


@blp.route("/questions/<uuid:question_id>", methods=["DELETE"])
@blp.response(204)
def delete_question(question_id: uuid.UUID) -> None:
    """Take a question out of the own bank, unless a paper's draft asks it (E1)."""
    remove_question(runtime().session, question_id=question_id, shelf=shelf())


def _draft(body: dict[str, Any]) -> QuestionDraft:
    return QuestionDraft(
        kind=body["kind"],
        text=body["text"],
        options=tuple(Option(key=option["key"], text=option["text"]) for option in body["options"]),
        answer=tuple(body["answer"]),
        explanation=body["explanation"],
    )
