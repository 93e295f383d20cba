"""What the floors of web processes share: the services' own pool, a table, readiness."""

from __future__ import annotations

import os

from chassis.db import make_engine
from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Engine

TABLES = (
    "DROP TABLE IF EXISTS floor_check_ins, floor_events, floor_photos, floor_reports, floor_accounts",
    """CREATE TABLE floor_check_ins (
        id uuid PRIMARY KEY, enrolment_id uuid NOT NULL, class_id uuid NOT NULL,
        at timestamptz NOT NULL, receipt text NOT NULL)""",
    "CREATE INDEX ON floor_check_ins (enrolment_id, at)",
    """CREATE TABLE floor_events (
        id bigserial PRIMARY KEY, type text NOT NULL, body text NOT NULL, created_at timestamptz NOT NULL)""",
    """CREATE TABLE floor_photos (
        id uuid PRIMARY KEY, enrolment_id uuid NOT NULL, purpose text NOT NULL,
        file text NOT NULL, bytes integer NOT NULL, at timestamptz NOT NULL)""",
    """CREATE TABLE floor_reports (
        id uuid PRIMARY KEY, session_id uuid NOT NULL, item_id uuid NOT NULL,
        from_seconds integer NOT NULL, to_seconds integer NOT NULL, at timestamptz NOT NULL)""",
    """CREATE TABLE floor_accounts (
        account_id uuid PRIMARY KEY, version bigint NOT NULL, name text NOT NULL, roles jsonb NOT NULL,
        provider_id uuid, dealer_id uuid, active boolean NOT NULL)""",
)


def bare_app(name: str) -> tuple[Flask, Engine]:
    """An empty app that says when it answers, and the pool to `DATABASE_URL`."""
    app, engine = Flask(name), make_engine(os.environ["DATABASE_URL"])

    @app.get("/readyz")
    def readyz() -> ResponseReturnValue:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
        return jsonify(ready=True)

    return app, engine
