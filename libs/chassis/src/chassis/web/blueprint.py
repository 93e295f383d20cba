"""Blueprints under `/api/v1/<service>/`, and marks on operations that the framework reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import flask_smorest
import marshmallow
from webargs.flaskparser import FlaskParser

View = TypeVar("View", bound=Callable[..., Any])


class Parser(FlaskParser):
    """Refuses what it does not know in a query as well: a misspelt filter must not look like an empty one."""

    DEFAULT_UNKNOWN_BY_LOCATION = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": marshmallow.RAISE,
    }


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc] # it has no types
    """`Blueprint("orders", "billing")` answers below /api/v1/billing. Its function names are operation ids."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, service: str, *, description: str = "") -> None:
        """`description` heads the group in the API documentation."""
        super().__init__(
            name, f"{service}.api.{name}", url_prefix=f"/api/v1/{service}", description=description
        )


def accepts_upload(max_bytes: int) -> Callable[[View], View]:
    """Let this operation take a body of up to `max_bytes` instead of the usual 1 MiB."""

    def mark(view: View) -> View:
        view.kaike_max_bytes = max_bytes  # type: ignore[attr-defined]
        return view

    return mark
