"""Blueprints under `/api/v1/<service>/`, and marks on operations that the framework reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import flask_smorest
import marshmallow
from flask import Request
from webargs.core import missing
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.datastructures import CombinedMultiDict

from chassis.web import strict_json

View = TypeVar("View", bound=Callable[..., Any])


class Parser(FlaskParser):
    """Refuses what it does not know in a query as well: a misspelt filter must not look like an empty one.
    Reads JSON strictly: what cannot be read is the caller's fault and never ours."""

    DEFAULT_UNKNOWN_BY_LOCATION = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": marshmallow.RAISE,
    }

    __location_map__ = {**FlaskParser.__location_map__, "multipart": "load_multipart"}

    def load_multipart(self, req: Request, schema: marshmallow.Schema) -> Any:
        """The fields and the files of a multipart body as one: they are one body, and documented as one."""
        return self._makeproxy(CombinedMultiDict([req.files, req.form]), schema)

    def _raw_load_json(self, req: Request) -> Any:
        return strict_json.parse(req.get_data(cache=True)) if is_json_request(req) else missing


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
        return super().arguments(schema() if isinstance(schema, type) else schema, **said)


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
