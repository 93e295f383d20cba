"""Courses, and the papers that their items may use (C4, C9)."""

from __future__ import annotations

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, current_actor, edits_version, etag, if_match, page_of, paginate, runtime

from catalog.actions.change_course import change_course as change
from catalog.actions.create_course import create_course as create
from catalog.actions.delete_course import delete_course as delete
from catalog.api.asking import asking
from catalog.queries.courses import course_rows, find_course, select_courses, view
from catalog.queries.known import select_papers
from catalog.schemas.courses import CourseArgs, CourseIn, CourseOut, CourseSummary, PaperArgs, PaperOut

blp = Blueprint("courses", "catalog", description="Chapter courses")


@blp.route("/papers", methods=["GET"])
@blp.arguments(PaperArgs, location="query")
@blp.response(200, page_of(PaperOut))
def list_papers(args: dict[str, Any]) -> dict[str, Any]:
    """C4, C7: published papers that exercises, mock exams and online exams can use, as heard from exam."""
    select = select_papers(asking(), tab=args["owner"], kind=args["kind"], text=args["text"])
    return paginate(runtime().session, select, args)


@blp.route("/courses", methods=["GET"])
@blp.arguments(CourseArgs, location="query")
@blp.response(200, page_of(CourseSummary))
def list_courses(args: dict[str, Any]) -> dict[str, Any]:
    """C9: the picker: `owner=official` (官方推荐) or `owner=own` (自建), with each course's durations."""
    select = select_courses(asking(), tab=args["owner"], text=args["text"])
    return paginate(runtime().session, select, args, rows=course_rows)


@blp.route("/courses", methods=["POST"])
@blp.arguments(CourseIn)
@blp.response(201, CourseOut)
def create_course(wanted: dict[str, Any]) -> Any:
    """C4: make a course; official when a platform_admin does. A provider needs the add-on (C9): else 403."""
    course = create(
        runtime().session,
        owner=asking().owner_of_new,
        account_id=current_actor().account_id,
        **wanted,
        now=clock.now(),
    )
    return _shown(course.id, 201)


@blp.route("/courses/<uuid:course_id>", methods=["GET"])
@blp.response(200, CourseOut)
def get_course(course_id: uuid.UUID) -> Any:
    """C4: a course with its chapters, items and durations."""
    return _shown(course_id, 200)


@blp.route("/courses/<uuid:course_id>", methods=["PUT"])
@edits_version
@blp.arguments(CourseIn)
@blp.response(200, CourseOut)
def change_course(wanted: dict[str, Any], course_id: uuid.UUID) -> Any:
    """C4: replace the chapters. Items that name their `id` keep it; published packages stay as they are (C8)."""
    expected = if_match()
    change(runtime().session, course_id, scope=asking(), expected_version=expected, **wanted, now=clock.now())
    return _shown(course_id, 200)


@blp.route("/courses/<uuid:course_id>", methods=["DELETE"])
@edits_version
@blp.response(204)
def delete_course(course_id: uuid.UUID) -> None:
    """C4: remove a course that no package holds."""
    delete(runtime().session, course_id, scope=asking(), expected_version=if_match())


def _shown(course_id: uuid.UUID, status: int) -> Any:
    scope = asking()
    course = find_course(runtime().session, course_id, scope=scope)
    return view(course, scope=scope), status, etag(course.version)
