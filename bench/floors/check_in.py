"""Floors of a check-in. Both read the learner's own JSON body with the receipt of a photo, and verify no receipt."""

from __future__ import annotations

import json
import os
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import urllib3
from chassis import clock
from chassis.db import autocommit
from chassis.ids import new_id
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy.engine import Engine

from bench.floors.common import bare_app

_CHECK_IN = sa.text("INSERT INTO floor_check_ins VALUES (:id, :enrolment_id, :class_id, :at, :receipt)")
_EVENT = sa.text("INSERT INTO floor_events (type, body, created_at) VALUES (:type, :body, :at)")


def bare() -> Flask:
    """A view with one INSERT, which PostgreSQL commits by itself as it does for a check-in: nobody is asked who they
    are."""
    app, engine = bare_app("bare")

    @app.post("/check-ins/<uuid:class_id>")
    def check_in(class_id: UUID) -> ResponseReturnValue:
        row = _row(class_id, request.headers["Enrolment"])
        with autocommit(), engine.begin() as connection:
            connection.execute(_CHECK_IN, row)
        return jsonify(id=row["id"]), 201

    return app


def remembering() -> Flask:
    """A view written by hand: verifies both papers once, remembers them, and does two INSERTs in one transaction."""
    app, engine = bare_app("remembering")
    add_remembering(app, engine)
    return app


def add_remembering(app: Flask, engine: Engine) -> None:
    """That view, for an app that has others as well."""
    keys = KeySet.import_key_set(
        urllib3.request("GET", f"{os.environ['FLOOR_KEYS']}/api/v1/identity/jwks").json()
    )
    known: dict[str, dict[str, Any]] = {}

    def claims_of(token: str) -> dict[str, Any]:
        found = known.get(token)
        if found is None:
            found = known[token] = jwt.decode(token, keys, algorithms=["ES256"]).claims
        return found

    @app.post("/check-ins/<uuid:class_id>")
    def check_in(class_id: UUID) -> ResponseReturnValue:
        access = claims_of(request.headers["Authorization"].removeprefix("Bearer "))
        ticket = claims_of(request.headers["Kaike-Ticket"])
        now = clock.now()
        if (
            access["sub"] != ticket["sub"]
            or ticket["cls"] != str(class_id)
            or access["exp"] < now.timestamp()
        ):
            return jsonify(error="not yours"), 404
        row = _row(class_id, ticket["enr"])
        body = json.dumps({name: str(value) for name, value in row.items()})
        with engine.begin() as connection:
            connection.execute(_CHECK_IN, row)
            connection.execute(_EVENT, {"type": "recorded", "body": body, "at": now})
        return jsonify(id=row["id"]), 201


def _row(class_id: UUID, enrolment: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "enrolment_id": UUID(enrolment),
        "class_id": class_id,
        "at": clock.now(),
        "receipt": request.get_json()["receipt"],
    }
