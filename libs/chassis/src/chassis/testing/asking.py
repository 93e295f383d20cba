"""Schemathesis over one service: everything that its contract allows and much that it forbids, asked of the app in
this process, as the roles that may ask, with ids, tickets and versions of things that exist."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import schemathesis
import structlog
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import run_wsgi_app

from chassis import clock
from chassis.web.auth import Actor
from chassis.web.openapi import document
from chassis.web.permissions import Permission, operation_of

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_REFUSED = ["400", "401", "403", "404", "405", "409", "410", "412", "413", "415", "422", "428", "429"]
SEED = 20261130

log = structlog.get_logger(__name__)


class Issuer(Protocol):
    """Signs access tokens: the tests' issuer, or identity's own."""

    def access_token(self, actor: Actor, *, now: datetime) -> str:
        """A fresh token of this account."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What exists in the service's database, so that requests reach more than "does not exist"."""

    actors: Sequence[Actor]
    ids: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Name of a path parameter or of a field of a JSON body → values that exist."""
    headers: Mapping[str, Callable[[], str]] = field(default_factory=dict)
    """Name of a header → makes a good value, such as a fresh ticket."""


@dataclass(frozen=True)
class Asked:
    """What a run has shown."""

    requests: int
    statuses: Counter[int]
    failures: list[str]

    def must_hold(self) -> None:
        """Fail with all that was found, unless everything was as documented and enough of it succeeded to count."""
        figures = f"{self.requests} requests: {dict(sorted(self.statuses.items()))}"
        log.info("asked", requests=self.requests, statuses=dict(sorted(self.statuses.items())))
        assert not self.failures, "\n\n".join([figures, *self.failures])
        succeeded = sum(number for status, number in self.statuses.items() if status < 300)
        assert succeeded * 20 > self.requests, (
            f"hardly anything succeeded, so hardly anything was tried: {figures}"
        )


class _Door:
    """The app, with each request signed for a role that may send it, its random ids replaced by those that exist, and
    its work undone afterwards. What is no well-formed value stays as it is: it is what the contract forbids."""

    def __init__(self, app: Flask, session: Session, issuer: Issuer, known: Known) -> None:
        self.app, self._session, self._issuer, self._known = app, session, issuer, known
        self._table: dict[str, Permission] = app.extensions["kaike.permissions"]
        self.statuses: Counter[int] = Counter()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the app does."""
        self._prepare(environ)
        undo = self._session.begin_nested()
        self._session.connection()  # only now is the savepoint there
        try:
            chunks, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        finally:
            self._session.expire_all()
            undo.rollback()
        self.statuses[int(status[:3])] += 1
        start_response(status, list(headers))
        return chunks

    def _prepare(self, environ: Environ) -> None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        try:
            endpoint, values = self.app.url_map.bind("localhost").match(path, environ["REQUEST_METHOD"])
        except (HTTPException, RequestRedirect):
            endpoint, values = "", {}
        environ["HTTP_AUTHORIZATION"] = self._signature(environ, endpoint)
        for name, value in values.items():
            path = path.replace(str(value), str(self._existing(name, str(value))))
        environ["PATH_INFO"] = path.encode().decode("latin-1")
        for name, make in self._known.headers.items():
            key = "HTTP_" + name.upper().replace("-", "_")
            if key in environ and _draw(environ[key], 10) > 1:
                environ[key] = make()
        self._fill_body(environ)

    def _signature(self, environ: Environ, endpoint: str) -> str:
        operation = operation_of(self.app, endpoint, environ["REQUEST_METHOD"]) if endpoint else None
        roles = self._table[operation].roles if operation else frozenset[str]()
        able = [actor for actor in self._known.actors if actor.roles & roles] or list(self._known.actors)
        actor = able[_draw(environ["PATH_INFO"] + environ.get("QUERY_STRING", ""), len(able))]
        return f"Bearer {self._issuer.access_token(actor, now=clock.now())}"

    def _fill_body(self, environ: Environ) -> None:
        if not environ.get("CONTENT_TYPE", "").startswith("application/json"):
            return
        raw = environ["wsgi.input"].read()
        with suppress(ValueError, RecursionError):  # what is no JSON is to be refused as that
            raw = json.dumps(self._filled("", json.loads(raw)), ensure_ascii=False).encode()
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(raw), str(len(raw))

    def _filled(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._filled(key, inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._filled(name, inner) for inner in value]
        return self._existing(name, value) if isinstance(value, str) else value

    def _existing(self, name: str, value: str) -> str:
        """A value that exists in the place of a well-formed one; one in ten stays unknown."""
        there = self._known.ids.get(name, ())
        if not there or not _is_formed(value, like=str(there[0])) or _draw(value, 10) == 0:
            return value
        return str(there[_draw(value, len(there))])


def _is_formed(value: str, *, like: str) -> bool:
    if _UUID.fullmatch(like):
        return _UUID.fullmatch(value) is not None
    return 0 < len(value) <= 100 and value.isprintable()  # a token, or something signed


def _draw(text: str, most: int) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % most


def ask_everything(app: Flask, session: Session, issuer: Issuer, known: Known, *, examples: int) -> Asked:
    """Run Schemathesis with a fixed seed, `examples` per operation besides its systematic cases.

    `session` shares its connection with the app (the fixture of that name); nothing that is asked stays done.
    """
    door = _Door(app, session, issuer, known)
    schema = schemathesis.openapi.from_dict(
        document(app), config=SchemathesisConfig.from_dict(_config(examples))
    )
    schema.app = door
    failures: dict[str, str] = {}
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            for case_id, checks in event.recorder.checks.items():
                for check in checks:
                    if check.failure_info is not None:
                        case = event.recorder.cases[case_id].value
                        failure = check.failure_info.failure
                        key = f"{case.operation.label}: {failure.title}"
                        failures.setdefault(
                            key, f"{key}\n{failure.message}\n{check.failure_info.code_sample}"
                        )
        elif isinstance(event, events.NonFatalError | events.FatalError):
            failures.setdefault(str(event), f"{getattr(event, 'label', '')}: {event}")
    return Asked(sum(door.statuses.values()), door.statuses, list(failures.values()))


def _config(examples: int) -> dict[str, Any]:
    off = {"enabled": False}
    return {
        "seed": SEED,
        "generation": {
            "max-examples": examples,
            "deterministic": False,
            "with-security-parameters": False,
            "no-shrink": True,
            "database": "none",
        },
        "phases": {
            "stateful": off,
            "coverage": {"generate-duplicate-query-parameters": True},
        },
        "checks": {
            "positive_data_acceptance": off,  # a well-formed request may break a rule
            "ignored_auth": off,  # the tests of the permission table ask every operation as nobody
            "use_after_free": off,
            "ensure_resource_availability": off,
            "object_level_authorization": off,
            "negative_data_rejection": {"expected-statuses": _REFUSED},
            "missing_required_header": {"expected-statuses": _REFUSED},
        },
    }
