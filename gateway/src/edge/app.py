"""The gateway's application: the one public door. It owns no business and no data."""

from __future__ import annotations

import logging
import re
from threading import BoundedSemaphore

from chassis.errors import Unavailable
from chassis.web.problems import register_problems
from chassis.web.requests import register_requests
from flask import Flask, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from edge import docs, pages
from edge.config import APART, SERVICES, EdgeSettings
from edge.frontend import register_frontend
from edge.headers import HSTS, SECURITY
from edge.line import Line, refuse_the_refused
from edge.metrics import register_metrics
from edge.proxy import NoSuchService, forward
from edge.rates import LIMITED, register_rates
from edge.readiness import Readiness
from edge.upstreams import Upstreams

# A signed paper in its compact form; anything else could be a header or a folder.
_PAPER = re.compile(r"[A-Za-z0-9._-]+")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class MediaBusy(Unavailable):
    """So many media streams run through this door that more would leave no thread for anybody else."""

    code = "gateway.media.busy"
    title = "播放人数过多"
    next_step = "请稍等几秒后重试。"


def create_app(settings: EdgeSettings | None = None) -> Flask:
    """The gateway as a WSGI app for gunicorn's gthread workers."""
    settings = settings or EdgeSettings.from_env()
    app = Flask("edge", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    upstreams = Upstreams(settings)
    app.extensions.update(
        {
            "edge.settings": settings,
            "edge.upstreams": upstreams,
            "edge.readiness": Readiness(upstreams),
            "edge.media_streams": BoundedSemaphore(settings.media_streams),
        }
    )
    register_requests(app, settings.for_chassis("edge"))
    # Each connection that it tries again would be a line; edge.proxy says in one what came of it.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    register_problems(app)
    app.before_request(lambda: refuse_the_refused(request.environ))
    register_rates(app, settings)
    app.register_blueprint(docs.blueprint)
    app.register_blueprint(pages.blueprint)
    register_frontend(app, settings)
    _register_doors(app)
    _register_health(app)
    register_metrics(app, settings)
    _register_headers(app, settings)
    paths = frozenset(path for name, path, _service in LIMITED if name == "sign_in")
    app.wsgi_app = Line(  # type: ignore[method-assign]
        app.wsgi_app, paths=paths, at_once=settings.sign_ins_at_once, waiting=settings.sign_in_line
    )
    return app


def _register_doors(app: Flask) -> None:
    @app.route("/api/v1/<service>/<path:rest>", methods=METHODS, provide_automatic_options=False)
    def api(service: str, rest: str) -> ResponseReturnValue:
        """Everything of a service below its own path; what else it answers (health, metrics) stays inside."""
        if service not in SERVICES:
            raise NoSuchService
        return forward(APART.get((service, rest.partition("/")[0]), service))

    @app.route("/media/<token>", methods=["GET", "HEAD"])
    def media(token: str) -> ResponseReturnValue:
        """To edge-media: by redirect where it has a public address, else through this door, but never so many
        at once that slow phones take all threads."""
        settings: EdgeSettings = app.extensions["edge.settings"]
        if not _PAPER.fullmatch(token):
            raise NoSuchService
        if settings.media_public_url:
            return redirect(f"{settings.media_public_url}/media/{token}", code=307)
        streams: BoundedSemaphore = app.extensions["edge.media_streams"]
        if not streams.acquire(blocking=False):
            raise MediaBusy(retry_after=2)
        try:
            response = forward("edge_media")
        except BaseException:
            streams.release()
            raise
        response.call_on_close(streams.release)
        return response


def _register_health(app: Flask) -> None:
    @app.get("/livez")
    def livez() -> ResponseReturnValue:
        """The process answers."""
        return jsonify(service="edge", live=True)

    @app.get("/readyz")
    def readyz() -> ResponseReturnValue:
        """200 once every service behind the door is ready."""
        readiness: Readiness = app.extensions["edge.readiness"]
        found = readiness.look()
        ready = all(state == "ready" for state in found.values())
        return jsonify(service="edge", ready=ready, services=found), 200 if ready else 503


def _register_headers(app: Flask, settings: EdgeSettings) -> None:
    @app.after_request
    def guard_browser(response: Response) -> Response:
        """What keeps a browser from being used against its user; a service may be stricter, never absent."""
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        if settings.tls:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response
