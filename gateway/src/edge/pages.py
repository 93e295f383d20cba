"""The gateway's own pages: whether everything runs, and where to go."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, send_from_directory
from flask.typing import ResponseReturnValue

from edge.config import EdgeSettings
from edge.paths import NoSuchService
from edge.proxy import forward

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)

blueprint = Blueprint("pages", __name__, template_folder="templates")


@blueprint.get("/status")
def status() -> ResponseReturnValue:
    """A short page that says what this is, whether it is ready, and links on."""
    return render_template("status.html", development=_development()), {"Content-Security-Policy": CSP}


@blueprint.get("/static/<name>")
def static_file(name: str) -> ResponseReturnValue:
    """Styles and scripts of the gateway's own pages."""
    return send_from_directory(f"{blueprint.root_path}/static", name, max_age=3600)


@blueprint.get("/dev/sms")
def development_sms() -> ResponseReturnValue:
    """The codes that the embedded SMS sender would have sent. Only in development and tests."""
    if not _development():
        raise NoSuchService
    return render_template("dev_sms.html"), {"Content-Security-Policy": CSP}


@blueprint.get("/dev/sms.json")
def development_sms_json() -> ResponseReturnValue:
    """The same, as identity says it."""
    if not _development():
        raise NoSuchService
    return forward("identity", target="/api/v1/identity/dev/sms")


def _development() -> bool:
    settings: EdgeSettings = current_app.extensions["edge.settings"]
    return settings.env in {"development", "test"}
