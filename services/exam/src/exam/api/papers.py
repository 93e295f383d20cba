"""Papers and their published versions (E1)."""

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, PageArgs, current_actor, edits_version, etag, if_match, paginate, runtime

from exam.actions.publish_paper import publish_paper
from exam.actions.write_paper import PaperDraft, change_paper, create_paper
from exam.api.people import shelf
from exam.queries.papers import list_papers, list_versions, load_paper, load_version
from exam.schemas.papers import (
    PaperContentIn,
    PaperIn,
    PaperOut,
    PaperPage,
    PaperVersionDetail,
    PaperVersionOut,
    PaperVersionPage,
    ShelfArgs,
)

blp = Blueprint("papers", "exam", description="试卷")


@blp.route("/papers")
@blp.arguments(ShelfArgs, location="query")
@blp.response(200, PaperPage)
def get_papers(args: dict[str, Any]) -> Any:
    """The own papers and the official ones, newest first (E1)."""
    select = list_papers(shelf=shelf(), kind=args["kind"], scope=args["owner"], text=args["text"])
    return paginate(runtime().session, select, args)


@blp.route("/papers", methods=["POST"])
@blp.arguments(PaperIn)
@blp.response(201, PaperOut)
def add_paper(body: dict[str, Any]) -> Any:
    """Draft a new paper: exercise, mock exam or exam (E1)."""
    paper = create_paper(
        runtime().session, kind=body["kind"], draft=_draft(body), shelf=shelf(), now=clock.now()
    )
    return paper, 201, etag(paper.version)


@blp.route("/papers/<uuid:paper_id>")
@blp.response(200, PaperOut)
def get_paper(paper_id: uuid.UUID) -> Any:
    """One paper's draft (E1)."""
    paper = load_paper(runtime().session, paper_id, shelf=shelf())
    return paper, 200, etag(paper.version)


@blp.route("/papers/<uuid:paper_id>", methods=["PUT"])
@edits_version
@blp.arguments(PaperContentIn)
@blp.response(200, PaperOut)
def edit_paper(body: dict[str, Any], paper_id: uuid.UUID) -> Any:
    """Redraft an own paper; what was published stays as it was (E1)."""
    paper = change_paper(
        runtime().session,
        paper_id=paper_id,
        draft=_draft(body),
        shelf=shelf(),
        expected=if_match(),
        now=clock.now(),
    )
    return paper, 200, etag(paper.version)


@blp.route("/papers/<uuid:paper_id>/versions")
@blp.arguments(PageArgs, location="query")
@blp.response(200, PaperVersionPage)
def get_paper_versions(args: dict[str, Any], paper_id: uuid.UUID) -> Any:
    """The published versions of a paper, newest first (E1)."""
    reading_shelf = shelf()
    load_paper(runtime().session, paper_id, shelf=reading_shelf)
    return paginate(runtime().session, list_versions(paper_id=paper_id, shelf=reading_shelf), args)


@blp.route("/papers/<uuid:paper_id>/versions", methods=["POST"])
@blp.response(201, PaperVersionOut)
def add_paper_version(paper_id: uuid.UUID) -> Any:
    """Publish the draft as a version that never changes (E1)."""
    return publish_paper(
        runtime().session,
        paper_id=paper_id,
        shelf=shelf(),
        publisher=current_actor().account_id,
        now=clock.now(),
    )


@blp.route("/paper-versions/<uuid:version_id>")
@blp.response(200, PaperVersionDetail)
def get_paper_version(version_id: uuid.UUID) -> Any:
    """A published version with its questions and right answers, for authors (E1)."""
    return load_version(runtime().session, version_id, shelf=shelf())


def _draft(body: dict[str, Any]) -> PaperDraft:
    return PaperDraft(
        title=body["title"],
        pass_score=body["pass_score"],
        seconds=body["seconds"],
        shuffle_questions=body["shuffle_questions"],
        shuffle_options=body["shuffle_options"],
        questions=tuple((place["question_id"], place["score"]) for place in body["questions"]),
    )
