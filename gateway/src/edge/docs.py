"""API documentation: Swagger UI over the committed contracts, and the table of errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import flask_swagger_ui
import yaml
from flask import Blueprint, Response, current_app, jsonify, render_template, send_from_directory
from flask.typing import ResponseReturnValue

from edge.config import SERVICES, EdgeSettings
from edge.paths import NoSuchService

ASSETS = Path(flask_swagger_ui.__file__).parent / "dist"
SHOWN = frozenset({"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"})
TITLES = {
    "identity": "账号与登录 identity",
    "catalog": "课程与课程包 catalog",
    "classroom": "班级与学习 classroom",
    "supervision": "监管 supervision",
    "exam": "考试 exam",
    "billing": "商务与结算 billing",
}
# Swagger UI sets style attributes and shows icons as data: images; scripts come from here only.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)

blueprint = Blueprint(
    "docs", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
)


@blueprint.get("/docs")
def docs() -> ResponseReturnValue:
    """Swagger UI with a list of the services."""
    return render_template("docs.html"), {"Content-Security-Policy": CSP}


@blueprint.get("/docs/services.json")
def docs_services() -> ResponseReturnValue:
    """What the page offers to choose from: the contracts that exist."""
    folder = _contracts() / "openapi"
    there = [name for name in SERVICES if (folder / f"{name}.yaml").is_file()]
    return jsonify([{"url": f"/openapi/{name}.yaml", "name": TITLES[name]} for name in there])


@blueprint.get("/docs/assets/<name>")
def docs_asset(name: str) -> ResponseReturnValue:
    """Swagger UI's own files."""
    if name not in SHOWN:
        raise NoSuchService
    return send_from_directory(ASSETS, name, max_age=86400)


@blueprint.get("/openapi/<name>.yaml")
def openapi(name: str) -> ResponseReturnValue:
    """A service's OpenAPI document, as committed."""
    path = _contracts() / "openapi" / f"{name}.yaml"
    if name not in SERVICES or not path.is_file():
        raise NoSuchService
    return _yaml(path)


@blueprint.get("/openapi/errors.yaml")
def errors_yaml() -> ResponseReturnValue:
    """The registry of error codes, for programs."""
    return _yaml(_existing("errors.yaml"))


@blueprint.get("/openapi/asyncapi.yaml")
def asyncapi_yaml() -> ResponseReturnValue:
    """The events between services."""
    return _yaml(_existing("asyncapi.yaml"))


@blueprint.get("/errors")
def errors() -> ResponseReturnValue:
    """The registry of error codes, for people; a problem's `type` points to its line here."""
    rows = _error_rows(_existing("errors.yaml"))
    return render_template("errors.html", errors=rows), {"Content-Security-Policy": CSP}


def _contracts() -> Path:
    settings: EdgeSettings = current_app.extensions["edge.settings"]
    return settings.contracts


def _existing(name: str) -> Path:
    path = _contracts() / name
    if not path.is_file():
        raise NoSuchService
    return path


def _yaml(path: Path) -> Response:
    return Response(path.read_bytes(), content_type="application/yaml; charset=utf-8")


def _error_rows(path: Path) -> list[dict[str, Any]]:
    """The registry, code → status, title and next step, as rows."""
    said: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [{"code": code, **entry} for code, entry in sorted(said.items())]
