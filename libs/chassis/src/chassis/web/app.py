"""The app factory: every service's web process is made here, in the same way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_smorest import Api

from chassis import clock
from chassis.config import Settings
from chassis.db import autocommit, reading, transaction
from chassis.db.database import POOL, engine_options, prepare_engine
from chassis.db.migrate import require_head
from chassis.db.patience import REQUEST
from chassis.papers import Papers, Signer
from chassis.service import Service
from chassis.telemetry import start_telemetry
from chassis.web import idempotency
from chassis.web.auth import SAFE, actor_or_none
from chassis.web.blueprint import takes_query
from chassis.web.forms import FormRequest
from chassis.web.health import register_health
from chassis.web.jobs import jobs_blueprint
from chassis.web.openapi import describe, document_fields, spec_options
from chassis.web.papers import jwks_blueprint
from chassis.web.permissions import Whose, guard, public
from chassis.web.permissions import allow as allow_any
from chassis.web.problems import MOST_ERRORS, FieldsInvalid, field_errors, register_problems
from chassis.web.requests import register_requests
from chassis.web.runtime import Runtime, runtime

DEFAULT_BODY = 1024 * 1024


class ServiceApp(Flask):
    """A Flask app whose every request is one transaction, committed after the view and before the answer."""

    request_class = FormRequest

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: none here is a coroutine, and Flask would look at each of them in each request."""
        return func

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view; commit; answer. Any exception rolls all of it back."""
        if (
            request.routing_exception is not None
            or request.endpoint not in self.extensions["kaike.transactional"]
        ):
            return super().dispatch_request()
        session = runtime().session
        with self._manner(), transaction(session):
            return self._once(session)

    def _manner(self) -> AbstractContextManager[None]:
        """What the request's transaction needs to be able to."""
        if request.method in SAFE:
            return reading()
        if (
            request.endpoint in self.extensions["kaike.autocommitting"]
            and "Idempotency-Key" not in request.headers
        ):
            return autocommit()
        return nullcontext()

    def _once(self, session: Any) -> ResponseReturnValue:
        """The view's answer, or the kept one when the request's Idempotency-Key was used before."""
        actor = actor_or_none(strict=False) if request.method == "POST" else None
        if actor is None or "Idempotency-Key" not in request.headers:
            return super().dispatch_request()
        owner = str(actor.account_id)
        kept = idempotency.claim(session, owner=owner, now=clock.now())
        if kept is not None:
            return kept
        response = self.make_response(super().dispatch_request())
        if response.status_code < 400:
            idempotency.keep(session, response, owner=owner)
        else:
            idempotency.release(session, owner=owner)
        return response


def build_app(service: Service, settings: Settings | None = None, *, check_head: bool = True) -> Flask:
    """The web app of a service. Refuses to start on a database at another revision (unless told not to look)."""
    settings = settings or Settings.from_env(service.name)
    if check_head:
        require_head(service.name, settings.database_url)
    app = ServiceApp(service.name, static_folder=None)
    # A doubled slash is another address (404): a redirect would name the host that the client wrote.
    app.url_map.merge_slashes = False
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(
            settings.database_url,
            pool_size=int(settings.environ.get("KAIKE_WEB_THREADS") or POOL),
            patience=REQUEST,
        ),
        MAX_CONTENT_LENGTH=DEFAULT_BODY,
        MAX_FORM_MEMORY_SIZE=DEFAULT_BODY,
        PROVIDE_AUTOMATIC_OPTIONS=False,  # the contract has none: the pages are of the same origin
        **spec_options(service),
    )
    service.db.init_app(app)
    with app.app_context():
        start_telemetry(settings, engine=prepare_engine(service.db.engine, patience=REQUEST), app=app)
    signer = _signer(service, app, settings, check_head)
    app.extensions["kaike.runtime"] = Runtime(
        settings=settings,
        db=service.db,
        papers=Papers(settings, trusts=service.trusts, own=signer),
        signer=signer,
    )
    register_requests(app, settings)
    register_problems(app)
    register_health(app, service, settings)
    table = dict(service.permissions)
    blueprints = list(service.blueprints)
    if service.jobs:
        blueprints.append(jobs_blueprint(service.name))
        table["get_job"] = allow_any(whose=Whose.SELF)
    if signer is not None:
        blueprints.append(jwks_blueprint(service.name))
        table["get_jwks"] = public()
    _register(app, blueprints)
    app.extensions["kaike.permissions"] = table
    guard(app, table)
    app.before_request(_refuse_foreign_query)
    if service.setup is not None:
        service.setup(app)
    return app


def _signer(service: Service, app: Flask, settings: Settings, ready: bool) -> Signer | None:
    if not service.issues_papers:
        return None
    with app.app_context():
        signer = Signer(service.name, service.db.engine, settings)
    if ready:
        signer.ensure_key(clock.now())
    return signer


def _register(app: Flask, blueprints: list[Any]) -> None:
    app.extensions["kaike.api_blueprints"] = {blueprint.name for blueprint in blueprints}
    api = Api(app)
    api.ERROR_SCHEMA = None  # problems.py answers errors, not flask-smorest
    document_fields(api)
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    register_problems(app)  # again: Api() has put its own handler for HTTP errors
    describe(app, api)
    names = app.extensions["kaike.api_blueprints"]
    endpoints = {
        rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.rpartition(".")[0] in names
    }
    app.extensions["kaike.transactional"] = endpoints
    app.extensions["kaike.autocommitting"] = {
        endpoint
        for endpoint in endpoints
        if getattr(app.view_functions[endpoint], "kaike_autocommits", False)
    }
    app.before_request_funcs.setdefault(None, []).insert(0, _allow_body)


def _allow_body() -> None:
    """Operations marked with `accepts_upload` take more than the usual body."""
    if request.endpoint not in current_app.view_functions:
        return
    allowed = getattr(_handler(), "kaike_max_bytes", None)
    if allowed is not None:
        request.max_content_length = allowed
        g.max_bytes = allowed


def _refuse_foreign_query() -> None:
    """An operation without parameters in its query takes none; the others look at theirs themselves."""
    if not request.args or request.endpoint not in current_app.extensions["kaike.transactional"]:
        return
    if not takes_query(_handler()):
        names = list(request.args)[:MOST_ERRORS]
        raise FieldsInvalid(fields=list(field_errors({name: ["不认识的字段"] for name in names})))


def _handler() -> Callable[..., Any]:
    """The function that answers the request."""
    view = current_app.view_functions[request.endpoint or ""]
    kind = getattr(view, "view_class", None)
    return getattr(kind, request.method.lower(), view) if kind is not None else view
