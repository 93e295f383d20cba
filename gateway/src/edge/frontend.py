"""The pages that people use, as built into one folder: index.html for every address of theirs, and its files.

Files below assets/ carry a hash of their content in their names, so that a browser may keep them for a year; index.html
is asked for anew each time. Where the build left a compressed twin (`.br`, `.gz`), whoever takes it gets that one.
"""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, render_template, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from edge.config import EdgeSettings
from edge.paths import NoSuchService

INDEX = "index.html"
# Told to the pages where people only try things out: their head then says 演示环境.
TRIAL = '<meta name="kaike-environment" content="development">'
YEAR = 365 * 24 * 3600
HOUR = 3600
# What answers below these is no page of the front end, even where nothing is found.
TAKEN = frozenset(
    {"api", "assets", "dev", "docs", "errors", "livez", "media", "metrics", "openapi", "readyz", "static"}
)
# Best first: what the build makes, as (the name in Accept-Encoding, the twin's suffix).
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
# Written out: what the system's table of types says of these differs from machine to machine.
TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".bcmap": "application/octet-stream",
    ".webmanifest": "application/manifest+json",
}
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")

blueprint = Blueprint("frontend", __name__, template_folder="templates")


def register_frontend(app: Flask, settings: EdgeSettings) -> None:
    """Put the pages in place: their files by name, and index.html wherever a person navigates and nothing else is."""
    app.extensions["edge.pages_csp"] = content_security_policy(settings)
    app.register_blueprint(blueprint)

    @app.before_request
    def elsewhere() -> ResponseReturnValue | None:
        """Where nothing else is: a file that keeps its name, such as the icon, or a page opened or reloaded."""
        if not isinstance(request.routing_exception, NotFound) or request.method not in {"GET", "HEAD"}:
            return None
        found = _file(*request.path.lstrip("/").split("/"))
        if found is not None and found.name != INDEX:
            answer = _sent(found)
            answer.headers["Cache-Control"] = f"public, max-age={HOUR}"
            return answer
        return index() if _is_navigation() else None


def content_security_policy(settings: EdgeSettings) -> str:
    """Only what comes from here runs, shows or is called; media also from where edge-media is public, videos and
    documents also from the sites that catalog lets link (C10)."""
    media = f" {_origin(settings.media_public_url)}" if settings.media_public_url else ""
    linked = "".join(f" {origin}" for origin in sorted(settings.media_origins))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        f"img-src 'self' data: blob:{media}; media-src 'self' blob:{media}{linked}; "
        f"connect-src 'self'{media}{linked}; "
        "worker-src 'self' blob:; manifest-src 'self'; frame-ancestors 'none'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'"
    )


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """index.html, never older than the last build; where there is none, a page that says how to build it."""
    folder = _folder()
    if folder is None or not (folder / INDEX).is_file():
        return render_template("unbuilt.html"), 503, {"Cache-Control": "no-store", "Retry-After": "60"}
    settings: EdgeSettings = current_app.extensions["edge.settings"]
    answer = _marked(folder / INDEX) if settings.env == "development" else _sent(folder / INDEX)
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Content-Security-Policy"] = current_app.extensions["edge.pages_csp"]
    return answer


@blueprint.get("/assets/<name>")
def asset(name: str) -> Response:
    """A file whose name changes with its content. Raises NoSuchService."""
    found = _file("assets", name)
    if found is None:
        raise NoSuchService
    answer = _sent(found)
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer


def _is_navigation() -> bool:
    """Whether a browser opens a page: programs, scripts and images never name text/html themselves."""
    first = request.path.lstrip("/").split("/")[0]
    asked = {kind.lower() for kind, _quality in request.accept_mimetypes}
    return "text/html" in asked and first not in TAKEN


def _folder() -> Path | None:
    settings: EdgeSettings = current_app.extensions["edge.settings"]
    return settings.pages


def _file(*parts: str) -> Path | None:
    """A file of the build by the parts of its path; nothing hidden, nothing outside."""
    folder = _folder()
    if folder is None or not all(_NAME.fullmatch(part) for part in parts):
        return None
    path = folder.joinpath(*parts)
    return path if path.is_file() else None


def _marked(path: Path) -> Response:
    """index.html with TRIAL in its head."""
    text = path.read_text(encoding="utf-8").replace("</head>", f"{TRIAL}</head>", 1)
    answer = Response(text, mimetype="text/html")
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _sent(path: Path) -> Response:
    """The file, or its smallest twin that the browser takes; conditional and partial requests work."""
    for encoding, suffix in ENCODINGS:
        twin = path.with_name(path.name + suffix)
        if request.accept_encodings[encoding] > 0 and "Range" not in request.headers and twin.is_file():
            answer = send_file(twin, mimetype=_type(path), conditional=True)
            answer.headers["Content-Encoding"] = encoding
            break
    else:
        answer = send_file(path, mimetype=_type(path), conditional=True)
    answer.headers["Vary"] = "Accept-Encoding"
    return answer


def _type(path: Path) -> str:
    return TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
