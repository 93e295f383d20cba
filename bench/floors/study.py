"""Floor of study reports: a view that reads the learner's JSON and inserts it."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from chassis import clock
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from bench.floors.common import bare_app

_REPORT = sa.text(
    "INSERT INTO floor_reports VALUES (:id, :session_id, :item_id, :from_seconds, :to_seconds, :at)"
    " ON CONFLICT DO NOTHING"
)


def bare() -> Flask:
    """A view with one INSERT: nobody is asked who they are, nothing is counted."""
    app, engine = bare_app("bare-reports")

    @app.post("/study-sessions/<uuid:session_id>/reports")
    def report(session_id: UUID) -> ResponseReturnValue:
        said = request.get_json()["reports"][0]
        row = {
            "id": UUID(said["id"]),
            "session_id": session_id,
            "item_id": UUID(said["item_id"]),
            "from_seconds": said["from_seconds"],
            "to_seconds": said["to_seconds"],
            "at": clock.now(),
        }
        with engine.begin() as connection:
            connection.execute(_REPORT, row)
        return jsonify(id=said["id"])

    return app
