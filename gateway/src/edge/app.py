"""The gateway's application: the one public door. It owns no business and no data."""

from __future__ import annotations

import logging
import re

from chassis.errors import Failure
from chassis.papers import Papers
from chassis.web.problems import problem, register_problems
from chassis.web.requests import register_requests
from flask import Flask, Response, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from edge import docs, pages
from edge.callers import account_of_link, counted_address
from edge.config import APART, SERVICES, EdgeSettings
from edge.frontend import register_frontend
from edge.headers import HSTS, SECURITY
from edge.metrics import register_metrics
from edge.paths import NormalPath, NoSuchService
from edge.proxy import MEDIA, forward
from edge.rates import register_rates
from edge.readiness import Readiness
from edge.shares import WAIT, Shares
from edge.upstreams import Upstreams

# A signed paper in its compact form; anything else could be a header or a folder.
_PAPER = re.compile(r"[A-Za-z0-9._-]+")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


PER_ACCOUNT = 8
"""Transfers of one kind that one account may have running: what a person's browser opens, and some that are ending."""
LARGE_ANSWER = 512 * 1024
"""Bytes; what is not larger lies in the connection's own buffers, and needs no thread to wait for its client."""


def create_app(settings: EdgeSettings | None = None) -> Flask:
    """The gateway as a WSGI app for gunicorn's gthread workers."""
    settings = settings or EdgeSettings.from_env()
    app = Flask("edge", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.merge_slashes = False  # NormalPath has done it, without a redirect
    upstreams = Upstreams(settings)
    app.extensions.update(
        {
            "edge.settings": settings,
            "edge.upstreams": upstreams,
            "edge.readiness": Readiness(upstreams),
            "edge.papers": Papers(settings.for_chassis("edge"), trusts=("identity",)),
            "edge.bodies": _shares(settings.bodies_at_once, per_address=settings.bodies_at_once * 4 // 5),
            "edge.media_streams": _shares(
                settings.media_streams, per_address=settings.media_streams * 3 // 4
            ),
            "edge.answers": _shares(settings.answers_at_once, per_address=settings.answers_at_once // 2),
        }
    )
    register_requests(app, settings.for_chassis("edge"))
    # Each connection that it tries again would be a line; edge.proxy says in one what came of it.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    register_problems(app)
    register_rates(app, settings)
    app.register_blueprint(docs.blueprint)
    app.register_blueprint(pages.blueprint)
    register_frontend(app, settings)
    _register_doors(app)
    _register_health(app)
    register_metrics(app, settings)
    _register_headers(app, settings)
    _register_large_answers(app)
    app.wsgi_app = NormalPath(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _shares(total: int, *, per_address: int) -> Shares:
    return Shares(total=total, per_address=max(1, per_address), per_account=PER_ACCOUNT)


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
        streams: Shares = app.extensions["edge.media_streams"]
        end = streams.take(address=counted_address(), account=account_of_link(token))
        try:
            response = forward(MEDIA)
        except BaseException:
            end()
            raise
        response.call_on_close(end)
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


def _register_large_answers(app: Flask) -> None:
    @app.after_request
    def share(response: Response) -> Response:
        """A large answer holds a thread until its client has taken it, so it needs a share."""
        small = response.content_length is not None and response.content_length <= LARGE_ANSWER
        whole = response.status_code in {200, 206} and request.method != "HEAD"
        if small or not whole or request.endpoint == "media":
            return response
        answers: Shares = app.extensions["edge.answers"]
        # Whose it is counts by address alone: a whole class loads the same large file of the pages at once.
        try:
            end = answers.take(address=counted_address(), account=g.request_id, wait=WAIT)
        except Failure as failure:
            response.close()
            return problem(failure)
        response.call_on_close(end)
        return response


def _register_headers(app: Flask, settings: EdgeSettings) -> None:
    @app.after_request
    def guard_browser(response: Response) -> Response:
        """What keeps a browser from being used against its user; a service may be stricter, never absent."""
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        if settings.tls:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response
