"""Studying: sessions and reports (K17, K18, X7)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis import clock
from chassis.web import Blueprint, current_actor, runtime

from classroom.study.actions.open_session import open_session
from classroom.study.actions.report import GivenReport, report
from classroom.study.api.passes import claims_of
from classroom.study.rules.intervals import measure
from classroom.study.rules.reasons import text_of
from classroom.study.schemas.sessions import OpenSessionSchema, ReportsSchema, SessionSchema, VerdictsSchema

blp = Blueprint("study", "classroom", description="学习记录")


@blp.post("/my/classes/<uuid:class_id>/study-sessions")
@blp.arguments(OpenSessionSchema)
@blp.response(201, SessionSchema)
def open_study_session(body: dict[str, Any], class_id: UUID) -> dict[str, Any]:
    """Begin to study; the newer page takes over from an older one of the same account (X7)."""
    opened = open_session(
        runtime().session,
        class_id=class_id,
        account_id=current_actor().account_id,
        device=body["device"],
        item_id=body["item_id"],
        now=clock.now(),
    )
    return {
        "id": opened.session.id,
        "class_id": opened.session.class_id,
        "enrolment_id": opened.session.enrolment_id,
        "item_id": opened.session.item_id,
        "device": opened.session.device,
        "opened_at": opened.session.opened_at,
        "took_over": opened.took_over,
        "hindrance": opened.hindrance,
        "hindrance_text": text_of(opened.hindrance),
    }


@blp.post("/study-sessions/<uuid:session_id>/reports")
@blp.arguments(ReportsSchema)
@blp.response(200, VerdictsSchema)
def report_study(body: dict[str, Any], session_id: UUID) -> dict[str, Any]:
    """Report what was watched and read; each report is credited from the session's budget (K18).

    A report sent again, with the same id, gets its first verdict and changes nothing. Nothing of a document is credited
    before its item ticket was given. 409 `classroom.study.session.superseded` when a newer page has taken over (X7).
    """
    now = clock.now()
    ledger = report(
        runtime().session,
        session_id=session_id,
        account_id=current_actor().account_id,
        reports=[
            GivenReport(
                report_id=each["id"],
                item_id=each["item_id"],
                from_seconds=each["from_seconds"],
                to_seconds=each["to_seconds"],
                claims=claims_of(each["study_pass"], now=now),
            )
            for each in body["reports"]
        ],
        now=now,
    )
    return {
        "results": [
            {
                "id": verdict.report_id,
                "item_id": verdict.item_id,
                "credited_seconds": verdict.credited_seconds,
                "reason": verdict.reason,
                "reason_text": text_of(verdict.reason),
            }
            for verdict in ledger.verdicts
        ],
        "items": [
            {
                "item_id": item.item_id,
                "watched": item.watched,
                "learned_seconds": measure(item.watched),
                "seconds": item.length,
                "complete": item.complete,
            }
            for item in ledger.items.values()
        ],
    }
