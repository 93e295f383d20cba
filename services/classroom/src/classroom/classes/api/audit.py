"""操作日志: who did what, per class and per provider (X11)."""

from __future__ import annotations

import uuid
from typing import Any

from chassis.web import Blueprint, KeyArgs, keyset, runtime
from flask import Response

from classroom.api.acting import acting
from classroom.api.downloads import BINARY, XLSX, download
from classroom.classes.actions.export_audit import export_audit
from classroom.classes.models import AuditEntry
from classroom.classes.queries.logs import audit_of_class, audit_of_provider
from classroom.classes.queries.reach import get_class
from classroom.classes.schemas.applications import AuditPageSchema

blp = Blueprint("audit", "classroom", description="操作日志")


@blp.route("/classes/<uuid:class_id>/audit-log")
@blp.arguments(KeyArgs, location="query")
@blp.response(200, AuditPageSchema)
def get_class_audit_log(args: dict[str, Any], class_id: uuid.UUID) -> dict[str, Any]:
    """What was done to a class, the newest first."""
    session = runtime().session
    training_class = get_class(session, actor=acting(), class_id=class_id)
    return keyset(session, audit_of_class(class_id=training_class.id), [("id", AuditEntry.id)], args)


@blp.route("/audit-log")
@blp.arguments(KeyArgs, location="query")
@blp.response(200, AuditPageSchema)
def list_audit_log(args: dict[str, Any]) -> dict[str, Any]:
    """What was done in all classes of the own provider, deleted drafts included, the newest first."""
    provider_id = acting().provider_id
    assert provider_id is not None
    return keyset(
        runtime().session, audit_of_provider(provider_id=provider_id), [("id", AuditEntry.id)], args
    )


@blp.route("/audit-log.xlsx")
@blp.response(200, content_type=XLSX, schema=BINARY)
def export_audit_log() -> Response:
    """The newest 10,000 lines of the own provider's log as a workbook."""
    provider_id = acting().provider_id
    assert provider_id is not None
    return download(export_audit(runtime().session, provider_id=provider_id), "操作日志.xlsx")
