"""Blueprints under `/api/v1/<service>/`, and marks on operations that the framework reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import flask_smorest
import marshmallow
from flask import Request
from webargs.core import missing
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from chassis.errors import Failure
from chassis.web import strict_json
from chassis.web.fields import Message

ONLY_ONCE = Message("只能出现一次", code="repeated")
View = TypeVar("View", bound=Callable[..., Any])


class Parser(FlaskParser):
    """Refuses what it does not know in a query and in a form as well: a misspelt filter must not look like an empty
    one. A parameter of one value comes once. A body is of the kind that the contract names, and JSON is read strictly:
    what cannot be read is the caller's fault and never ours."""

    DEFAULT_UNKNOWN_BY_LOCATION = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": marshmallow.RAISE,
    }

    __location_map__ = {**FlaskParser.__location_map__, "multipart": "load_multipart"}

    def load_querystring(self, req: Request, schema: marshmallow.Schema) -> Any:
        """The query, in which only a list may be repeated."""
        return self._single_valued(req.args, schema)

    def load_multipart(self, req: Request, schema: marshmallow.Schema) -> Any:
        """The fields and the files of a multipart body as one: they are one body, and documented as one."""
        if req.mimetype != "multipart/form-data" and _has_body(req):
            raise UnsupportedMediaType
        return self._single_valued(CombinedMultiDict([req.files, req.form]), schema)

    def _single_valued(self, values: MultiDict[str, Any], schema: marshmallow.Schema) -> Any:
        proxy: MultiDictProxy = self._makeproxy(values, schema)
        repeated = [
            name for name in values if name not in proxy.multiple_keys and len(values.getlist(name)) > 1
        ]
        if repeated:
            raise marshmallow.ValidationError({name: [ONLY_ONCE] for name in repeated})
        return proxy

    def _raw_load_json(self, req: Request) -> Any:
        if req.mimetype == "application/json":
            return strict_json.parse(req.get_data(cache=True))
        if _has_body(req):
            raise UnsupportedMediaType
        return missing


def _has_body(req: Request) -> bool:
    return bool(req.content_length) or "Transfer-Encoding" in req.headers


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc] # it has no types
    """`Blueprint("orders", "billing")` answers below /api/v1/billing. Its function names are operation ids."""

    ARGUMENTS_PARSER = Parser()
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING = {
        **flask_smorest.Blueprint.DEFAULT_LOCATION_CONTENT_TYPE_MAPPING,
        "multipart": "multipart/form-data",
    }

    def __init__(self, name: str, service: str, *, description: str = "") -> None:
        """`description` heads the group in the API documentation."""
        super().__init__(
            name, f"{service}.api.{name}", url_prefix=f"/api/v1/{service}", description=description
        )

    def arguments(self, schema: Any, **said: Any) -> Any:
        """As flask-smorest has it, with one instance of the schema for all requests: it would make one for each,
        which takes longer than reading a small body with it."""
        decorate = super().arguments(schema() if isinstance(schema, type) else schema, **said)

        def mark(view: View) -> Any:
            decorated = decorate(view)
            decorated.kaike_takes_query = said.get("location") == "query" or takes_query(view)
            return decorated

        return mark


def takes_query(view: Callable[..., Any]) -> bool:
    """Whether the operation has parameters in the query."""
    return bool(getattr(view, "kaike_takes_query", False))


def accepts_upload(max_bytes: int) -> Callable[[View], View]:
    """Let this operation take a body of up to `max_bytes` instead of the usual 1 MiB."""

    def mark(view: View) -> View:
        view.kaike_max_bytes = max_bytes  # type: ignore[attr-defined]
        return view

    return mark


def autocommits(view: View) -> View:
    """Mark an operation that writes by one statement at the most, and does nothing when it is repeated: PostgreSQL
    commits the statement by itself. With an Idempotency-Key it is an ordinary transaction, as the kept answer belongs
    to it."""
    view.kaike_autocommits = True  # type: ignore[attr-defined]
    return view


def refuses(*failures: type[Failure]) -> Callable[[View], View]:
    """Document that this operation may be refused so, besides what its permission, method and parameters tell."""

    def mark(view: View) -> View:
        view.kaike_refuses = frozenset(failure.status for failure in failures)  # type: ignore[attr-defined]
        return view

    return mark
