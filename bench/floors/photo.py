"""Floors of photo intake: the least that keeps a photo as safely, in a file that survives a power cut and in a row."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from chassis import clock
from chassis.db import autocommit
from chassis.ids import new_id
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Engine

from bench.floors.check_in import add_remembering
from bench.floors.common import bare_app

_PHOTO = sa.text("INSERT INTO floor_photos VALUES (:id, :enrolment_id, :purpose, :file, :bytes, :at)")


def bare() -> Flask:
    """A view that keeps what it gets: nobody is asked who they are, nothing is judged, hashed or signed."""
    app, engine = bare_app("bare-photos")
    _add_photos(app, engine)
    return app


def whole() -> Flask:
    """Both views that a learner needs: the photo is kept, and the check-in is made as by hand."""
    app, engine = bare_app("whole")
    _add_photos(app, engine)
    add_remembering(app, engine)
    return app


def _add_photos(app: Flask, engine: Engine) -> None:
    folder = Path(os.environ["KAIKE_VAR"]) / "floor-photos"
    folder.mkdir(parents=True, exist_ok=True)

    @app.post("/photos")
    def add_photo() -> ResponseReturnValue:
        photo = request.files["photo"].read()
        row = {
            "id": new_id(),
            "enrolment_id": UUID(request.headers["Enrolment"]),
            "purpose": request.form["purpose"],
            "file": f"{new_id().hex}.jpg",
            "bytes": len(photo),
            "at": clock.now(),
        }
        _keep(folder, str(row["file"]), photo)
        with autocommit(), engine.begin() as connection:
            connection.execute(_PHOTO, row)
        return jsonify(id=row["id"]), 201


def _keep(folder: Path, name: str, photo: bytes) -> None:
    """All of it or nothing: written beside and to the disk, renamed into its place, and the folder to the disk."""
    incoming = folder / f"{name}.part"
    handle = os.open(incoming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, photo)
        os.fsync(handle)
    finally:
        os.close(handle)
    incoming.rename(folder / name)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
