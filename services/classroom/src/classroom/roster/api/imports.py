"""导入学员: template, import with dry run, the marked file, export (K6, K11, X9)."""

from __future__ import annotations

import uuid
from typing import Any

from chassis import clock
from chassis.errors import Gone
from chassis.web import Blueprint, accepts_upload, refuses, runtime
from chassis.web.problems import problem
from flask import Response, url_for

from classroom.api.acting import acting
from classroom.api.downloads import BINARY, XLSX, download
from classroom.roster.actions import export_roster as exporting
from classroom.roster.actions.import_file import MOST_BYTES, import_file, rows_wrong, warnings_of
from classroom.roster.actions.marked_files import read_marked
from classroom.roster.actions.workbooks import template
from classroom.roster.api.resources import document_cipher, file_links, file_store
from classroom.roster.schemas.roster import ImportArgsSchema, ImportResultSchema, RosterFileSchema

blp = Blueprint("roster_imports", "classroom", description="导入和导出学员")

FORM = 64 * 1024
"""What the form around the file may take."""


@blp.route("/roster-template")
@blp.response(200, content_type=XLSX, schema=BINARY)
def get_roster_template() -> Response:
    """The template, with drop-downs and an example (K6)."""
    return download(template(), "学员名单模板.xlsx")


@blp.route("/classes/<uuid:class_id>/roster-imports", methods=["POST"])
@accepts_upload(MOST_BYTES + FORM)
@blp.arguments(ImportArgsSchema, location="query")
@blp.arguments(RosterFileSchema, location="multipart")
@blp.response(200, ImportResultSchema)
def import_roster(args: dict[str, Any], parts: dict[str, Any], class_id: uuid.UUID) -> Any:
    """A whole .xls or .xlsx in the form field `file`, all or nothing (K6, X9).

    422 classroom.roster.rows_wrong lists every error with row, column, value and what to do, and links to the
    user's own file with the errors marked in it; `marked_file` is null where the file store can't keep that now.
    """
    upload = parts.get("file")
    done = import_file(
        runtime().session,
        actor=acting(),
        class_id=class_id,
        source=None if upload is None else upload.stream,
        dry_run=args["dry_run"],
        cipher=document_cipher(),
        store=file_store(),
        links=file_links(),
        now=clock.now(),
    )
    outcome = done.outcome
    if outcome.errors:
        link = url_for(".get_marked_file", token=done.marked) if done.marked else None
        return problem(rows_wrong(outcome=outcome, marked_file=link))
    return {
        "dry_run": outcome.dry_run,
        "sheet": outcome.sheet,
        "total": outcome.total,
        "added": outcome.added,
        "existing": outcome.existing,
        "warnings": warnings_of(outcome),
    }


@blp.route("/roster-files/<string:token>")
@refuses(Gone)
@blp.response(200, content_type=XLSX, schema=BINARY)
def get_marked_file(token: str) -> Response:
    """A file with its errors marked. Whoever has the link may follow it; it ends after half an hour."""
    data = read_marked(
        runtime().session, token=token, store=file_store(), links=file_links(), now=clock.now()
    )
    return download(data, "学员名单-错误标注.xlsx")


@blp.route("/classes/<uuid:class_id>/roster-exports", methods=["POST"])
@blp.response(200, content_type=XLSX, schema=BINARY)
def export_roster(class_id: uuid.UUID) -> Response:
    """导出学员, with whole document numbers, on the record (K11, X13)."""
    name, data = exporting.export_roster(
        runtime().session, actor=acting(), class_id=class_id, cipher=document_cipher(), now=clock.now()
    )
    return download(data, f"{name}-学员名单.xlsx")
